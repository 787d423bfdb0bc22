import { CallError } from '../core/call-error.ts';
import type { Clock } from '../core/clock.ts';
import type { Generation } from '../core/model.ts';
import type { Deadlines } from '../scheduler/index.ts';
import type { Call } from './call.ts';
import { Stoppable } from './stoppable.ts';

/** A model that was told to stop has this long to say what it had so far. */
const LAST_WORD_MS = 100;

/** How one try of a call ended. */
export interface AttemptResult {
  readonly outcome: Generation | CallError;
  readonly latencyMs: number;
  readonly firstTokenMs: number | null;
  /** How long a stream flowed, from its first piece to its end; 0 for what was not streamed. */
  readonly flowMs: number;
}

/** Ends one try at once, for the reason given. */
export type Stop = (reason: unknown) => void;

/** What every attempt of a lane shares. */
export interface AttemptContext {
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  readonly timeoutMs: number;
  /** For streams that have begun: how long each may be silent. */
  readonly silences: Deadlines;
  readonly idleTimeoutMs: number;
  /** How to end each call under way. */
  readonly running: Map<Call, Stop>;
}

/**
 * Tries a call once, under its time-out, and tells once how that ended. It ends with the time-out or the
 * stop even if the model takes no notice of its signal; what such a model says later is dropped. A stream has as long
 * as it flows: from its first piece on only its silences count. What is brought before the call is sent has any time.
 */
export function attempt(
  call: Call,
  context: AttemptContext,
  onEnd: (result: AttemptResult) => void,
): void {
  const { clock, deadlines, silences, running } = context;
  const { onDelta, timeoutMs = context.timeoutMs } = call;
  let startMs = clock.monotonicMs();
  let firstTokenMs: number | null = null;
  let firstPieceMs: number | undefined;
  let cancelLastWord: (() => void) | undefined;
  let cancelDeadline: (() => void) | undefined;
  let ended = false;
  const end = (outcome: Generation | CallError) => {
    if (ended) return;
    ended = true;
    cancelDeadline?.();
    deadlines.clear(giveUp);
    if (firstPieceMs !== undefined) silences.clear(endSilence);
    running.delete(call);
    cancelLastWord?.();
    const endMs = clock.monotonicMs();
    const flowMs = endMs - (firstPieceMs ?? endMs);
    onEnd({ outcome, latencyMs: endMs - startMs, firstTokenMs, flowMs });
  };
  const fail = (error: unknown) => end(asCallError(error));
  let stopped: { readonly reason: unknown } | undefined;
  const stop: Stop = (reason) => {
    // A call that ran out of time may be cancelled before its last word; it is not tried again then.
    stopped = { reason };
    options.stop(reason);
    cancelLastWord ??= clock.after(LAST_WORD_MS, () => fail(stopped?.reason));
  };
  const giveUp = () => stop(timeout(timeoutMs));
  const endSilence = () => stop(silence(context.idleTimeoutMs));
  const notePiece = () => {
    if (ended || options.isStopped) return;
    if (firstPieceMs !== undefined) silences.clear(endSilence);
    else {
      firstPieceMs = clock.monotonicMs();
      cancelDeadline?.();
      deadlines.clear(giveUp);
    }
    silences.start(endSilence);
  };
  const notePreparing = (isUnderWay: boolean) => {
    if (ended || options.isStopped || firstPieceMs !== undefined) return;
    cancelDeadline?.();
    deadlines.clear(giveUp);
    if (isUnderWay) return;
    startMs = clock.monotonicMs();
    cancelDeadline = startDeadline(timeoutMs, context, giveUp);
  };
  cancelDeadline = startDeadline(timeoutMs, context, giveUp);
  running.set(call, stop);
  const options = new Stoppable(
    onDelta &&
      ((text) => {
        if (options.isStopped) return;
        firstTokenMs ??= clock.monotonicMs() - startMs;
        notePiece();
        onDelta(text);
      }),
    notePiece,
    notePreparing,
  );
  try {
    call.model
      .generate(call.request, options)
      .then(end, (error) => fail(stopped ? lastWordOf(error, stopped.reason) : error));
  } catch (error) {
    fail(error);
  }
}

/** Starts a call's deadline: with the lane's others, where it is as long as they are. @returns what cancels another one */
function startDeadline(
  timeoutMs: number,
  { clock, deadlines, timeoutMs: usualMs }: AttemptContext,
  giveUp: () => void,
): (() => void) | undefined {
  if (timeoutMs !== usualMs) return clock.after(timeoutMs, giveUp);
  deadlines.start(giveUp);
  return undefined;
}

/** What fails after the stop fails because of it, whatever it is called: `AbortError`, or what came just then. */
function lastWordOf(error: unknown, reason: unknown): unknown {
  const isSame =
    error instanceof CallError && reason instanceof CallError && error.code === reason.code;
  return isSame ? error : reason;
}

function asCallError(error: unknown): CallError {
  if (error instanceof CallError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CallError('internal', `the call failed in an unexpected way: ${message}`, {
    cause: error,
    hint: "A defect: of the model, if it is a program's own; else of tutti, please report it with --debug output.",
  });
}

function timeout(timeoutMs: number): CallError {
  return new CallError('timeout', `no complete answer within ${timeoutMs / 1000} s`, {
    hint: 'Give each attempt more time: --timeout, or timeoutMs in a program.',
  });
}

function silence(idleTimeoutMs: number): CallError {
  return new CallError('timeout', `the stream was silent for ${idleTimeoutMs / 1000} s`, {
    hint: 'Give a stream longer silences: --idle-timeout, or idleTimeoutMs in a program.',
  });
}
