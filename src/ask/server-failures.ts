import type { CallError } from '../core/call-error.ts';
import type { Clock, Random } from '../core/clock.ts';
import { backoffMs, CALL_BACKOFF } from '../scheduler/index.ts';
import type { AnswersSeen } from './answers-seen.ts';
import type { EndpointKnowledge } from './endpoint-knowledge.ts';
import { durationInWords, wallTimeText, withContext } from './lane-end.ts';
import type { FailedTry, NextStep } from './next-step.ts';
import { ServerEpisode, type Trouble } from './server-episode.ts';
import type { Work } from './work.ts';

/**
 * So many failures with no answer between them, of calls that had not failed before, are one of the server; and so
 * large a part of what is in flight: failures often come sooner than answers.
 */
const EPISODE_FAILURES = 5;
const EPISODE_PART = 1 / 4;

/** What is shared by all that judges failures. */
export interface FailureContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly known: EndpointKnowledge;
  readonly answers: AnswersSeen;
}

/**
 * Tells failures of a call from failures of its server.
 *
 * A failure counts against the attempts of its call when a call that was not sent before it has been answered since.
 * Failures that come with no answer between them are an episode: none of them counts, one call at a time looks
 * whether the server is back, and when patience ends so does the lane.
 */
export class ServerFailures {
  readonly #context: FailureContext;
  #episode: ServerEpisode | undefined;
  #episodeBeganMs = Number.NEGATIVE_INFINITY;
  /** Failures without an answer between them, and when the first came. */
  #streak = 0;
  #failingSinceMs: number | undefined;

  constructor(context: FailureContext) {
    this.#context = context;
  }

  get episode(): ServerEpisode | undefined {
    return this.#episode;
  }

  /** Notes a call that is sent. */
  noteSent(work: Work, sentMs: number): void {
    this.#episode?.noteSent(work, sentMs);
  }

  /** Notes an answer, or another sign that the server works. */
  noteWorking(work: Work, sentMs: number, inFlight: number): void {
    this.#streak = 0;
    const episode = this.#episode;
    if (episode === undefined) this.#failingSinceMs = undefined;
    else if (episode.trouble === 'unreachable' || sentMs >= episode.beganMs) {
      this.#failingSinceMs = undefined;
      this.endEpisode(inFlight - (episode.isLook(work) ? 1 : 0));
    } else episode.noteServed();
  }

  /** Ends the episode: more calls may be sent. @param inFlight calls in flight besides the one that looked */
  endEpisode(inFlight: number): void {
    const episode = this.#episode;
    if (episode === undefined) return;
    this.#episode = undefined;
    this.#streak = 0;
    if (episode.trouble === 'failing') {
      const { window } = this.#context.known;
      window.noteOverload(episode.inFlight, Math.min(episode.inFlight, episode.served + inFlight));
    }
  }

  /** Says what follows from a failure of the server. */
  nextStep(failed: FailedTry): NextStep {
    const { work, error, isOnlyCall } = failed;
    this.#context.known.window.noteFailure();
    this.#settle(work);
    const unreachable = error.scope === 'outage';
    if (this.#episode === undefined && !unreachable) {
      // What has failed while others were answered says nothing of the server when it fails again.
      const isSuspect = work.attempts > 0;
      if (isOnlyCall || (isSuspect && this.#streak === 0)) return this.#countTry(failed);
      if (!isSuspect) this.#streak++;
      this.#failingSinceMs ??= this.#context.clock.monotonicMs();
      const least = Math.max(EPISODE_FAILURES, failed.inFlight * EPISODE_PART);
      if (this.#streak < least) return this.#note(failed);
    }
    return this.#inEpisode(failed, troubleOf(error, this.#episode?.trouble));
  }

  /** True when a call has no attempt left, and that is its own fault. */
  isSpent(work: Work, mostAttempts: number): boolean {
    if (work.attempts + work.unsure < mostAttempts) return false;
    this.#settle(work);
    return work.attempts >= mostAttempts;
  }

  /** Every try counts where there is nothing to compare it with. */
  #countTry({ work, error, mostAttempts }: FailedTry): NextStep {
    work.attempts += work.unsure + 1;
    work.unsure = 0;
    if (work.attempts >= mostAttempts) return { kind: 'answer' };
    return { kind: 'again', dueMs: this.#dueMs(error, work.attempts) };
  }

  #note({ work, error, sentMs, mostAttempts }: FailedTry): NextStep {
    if (work.unsure++ === 0) {
      work.failedMs = this.#context.clock.monotonicMs();
      work.failedSentMs = sentMs;
    }
    if (this.isSpent(work, mostAttempts)) return { kind: 'answer' };
    const tries = work.attempts + work.unsure;
    // After the last one it only waits for the answers of others.
    return { kind: 'again', dueMs: this.#dueMs(error, tries < mostAttempts ? tries : 1) };
  }

  #inEpisode(failed: FailedTry, trouble: Trouble): NextStep {
    const { clock, random, known } = this.#context;
    const { work, error, sentMs, inFlight } = failed;
    const nowMs = clock.monotonicMs();
    work.unsure = 0;
    const failure = {
      ...{ work, trouble, nowMs, sentMs },
      toldMs: error.retryAfterMs,
      workedBefore: trouble === 'unreachable' ? known.reached : known.hasAnswered,
    };
    if (this.#episode === undefined) {
      const sinceMs = trouble === 'unreachable' ? sentMs : (this.#failingSinceMs ?? nowMs);
      this.#failingSinceMs = sinceMs;
      this.#episode = new ServerEpisode(failure, sinceMs, inFlight, random);
      this.#episodeBeganMs = nowMs;
    }
    const dueMs = this.#episode.noteFailure(failure);
    if (dueMs !== null) return { kind: 'again', dueMs };
    return { kind: 'end lane', state: 'failed', error: this.#lastWord(error, this.#episode) };
  }

  #lastWord(error: CallError, { trouble, sinceMs }: ServerEpisode): CallError {
    if (trouble === 'unreachable') return error;
    const { clock } = this.#context;
    const lasted = durationInWords(clock.monotonicMs() - sinceMs);
    const since = wallTimeText(clock, sinceMs);
    const hint = 'The same command goes on when the server works again.';
    return withContext(error, `nothing was answered for ${lasted}, since ${since}`, hint);
  }

  /** Counts failures of which it is known by now whose they were. */
  #settle(work: Work): void {
    if (work.unsure === 0) return;
    if (this.#episodeBeganMs >= work.failedMs) work.unsure = 0;
    else if (this.#context.answers.overtook(work)) {
      work.attempts += work.unsure;
      work.unsure = 0;
    }
  }

  #dueMs(error: CallError, failures: number): number {
    const { clock, random } = this.#context;
    const ownMs = backoffMs(CALL_BACKOFF, failures, random);
    return clock.monotonicMs() + Math.max(ownMs, error.retryAfterMs ?? 0);
  }
}

/** What resets connections between two refusals is not back yet. */
function troubleOf(error: CallError, before: Trouble | undefined): Trouble {
  if (error.scope === 'outage') return 'unreachable';
  return before === 'unreachable' && error.code === 'connection_reset' ? 'unreachable' : 'failing';
}
