import { CallError } from '../core/call-error.ts';
import type { Clock } from '../core/clock.ts';
import type { AttemptResult } from './attempt.ts';
import type { CallQueue } from './call-queue.ts';
import type { LaneContext } from './lane-setup.ts';
import { notSent, type Work, waitsLonger } from './work.ts';

/** An error with what the lane knows of it in front; everything else of it stays. */
export function withContext(
  error: CallError,
  context: string,
  hint: string | undefined,
): CallError {
  return new CallError(error.code, `${context}: ${error.message}`, {
    hint,
    httpStatus: error.httpStatus ?? undefined,
    retryAfterMs: error.retryAfterMs ?? undefined,
    said: error.said ?? undefined,
    requestId: error.requestId ?? undefined,
    retryable: error.retryable,
    cause: error,
  });
}

/** The wall time of a monotonic moment, as `2026-11-26 12:04:09 UTC`. */
export function wallTimeText(clock: Clock, monotonicMs: number): string {
  const wallMs = clock.wallMs() + monotonicMs - clock.monotonicMs();
  return `${new Date(wallMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A duration in words, rounded: `40 s`, `10 minutes`, `8 hours`. */
export function durationInWords(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}

/** The error of a lane whose server asks it to wait for longer than it may. */
export function askedToWait(
  error: CallError,
  clock: Clock,
  untilMs: number,
  maxWaitMs: number,
): CallError {
  return withContext(
    error,
    `asked to wait until ${wallTimeText(clock, untilMs)}`,
    later(maxWaitMs),
  );
}

/** The error of a lane whose server has refused everything for longer than it may wait. */
export function refusedSince(
  error: CallError,
  clock: Clock,
  sinceMs: number,
  maxWaitMs: number,
): CallError {
  return withContext(error, `refused since ${wallTimeText(clock, sinceMs)}`, later(maxWaitMs));
}

/** The error of a lane whose account has nothing left; says until when, where the server does. */
export function usedUp(error: CallError, clock: Clock): CallError {
  if (error.retryAfterMs === null) return error;
  const untilMs = clock.monotonicMs() + error.retryAfterMs;
  return withContext(error, `used up until ${wallTimeText(clock, untilMs)}`, error.hint);
}

/** The last try of a call that is given up if it would wait for longer than it may, until when if told; else undefined. */
export function givenUp(
  work: Work,
  result: AttemptResult,
  untilMs: number,
  { clock, longestWaitMs = Number.POSITIVE_INFINITY }: LaneContext,
): AttemptResult | undefined {
  if (!waitsLonger(work, untilMs, longestWaitMs)) return undefined;
  const { outcome } = result;
  if (!(outcome instanceof CallError) || outcome.retryAfterMs === null) return result;
  const context = `asked to wait until ${wallTimeText(clock, untilMs)}`;
  const hint = `Ask again later; --max-wait allows a longer wait than ${durationInWords(longestWaitMs)}.`;
  return { ...result, outcome: withContext(outcome, context, hint) };
}

/** Takes a call out of the queue that would have to wait too long for its first try, with the result that says so. */
export function unsentCall(
  queue: CallQueue,
  untilMs: number,
  { clock, longestWaitMs }: LaneContext,
): { readonly work: Work; readonly result: AttemptResult } | undefined {
  if (longestWaitMs === undefined) return undefined;
  const work = queue.takeNew();
  if (work === undefined) return undefined;
  work.startedMs ??= clock.monotonicMs();
  if (waitsLonger(work, untilMs, longestWaitMs)) {
    return { work, result: notSent(untilMs - work.startedMs) };
  }
  queue.putBack(work);
  return undefined;
}

function later(maxWaitMs: number): string {
  const longest = durationInWords(maxWaitMs);
  return `The same command goes on later; --max-wait allows a longer wait than ${longest}.`;
}
