import { CallError } from '../core/call-error.ts';
import type { Clock } from '../core/clock.ts';
import type { Generation } from '../core/model.ts';
import type { Deadlines } from '../scheduler/index.ts';
import type { Call } from './call.ts';

/** A model that was told to stop has this long to say what it had so far. */
const LAST_WORD_MS = 100;

/** How one try of a call ended. */
export interface AttemptResult {
  readonly outcome: Generation | CallError;
  readonly latencyMs: number;
  readonly firstTokenMs: number | null;
}

/** Ends one try at once, for the reason given. */
export type Stop = (reason: unknown) => void;

/** What every attempt of a lane shares. */
export interface AttemptContext {
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  readonly timeoutMs: number;
  /** How to end each attempt under way, so that they can be aborted together. */
  readonly running: Set<Stop>;
  readonly onDelta?: ((call: Call, text: string) => void) | undefined;
}

/**
 * Tries a call once, under the lane's time-out. Never rejects, and ends with the time-out or the abort
 * even if the model takes no notice of its signal; what such a model says later is dropped.
 */
export async function attempt(call: Call, context: AttemptContext): Promise<AttemptResult> {
  const { clock, deadlines, running, timeoutMs, onDelta } = context;
  const controller = new AbortController();
  const startMs = clock.monotonicMs();
  let firstTokenMs: number | null = null;
  const streaming = onDelta && {
    onDelta: (text: string) => {
      if (controller.signal.aborted) return;
      firstTokenMs ??= clock.monotonicMs() - startMs;
      onDelta(call, text);
    },
  };
  let cancelLastWord: (() => void) | undefined;
  let giveUp = () => {};
  let stop: Stop = () => {};
  // One promise for both ends: this is the hottest place of the program.
  const outcome = await new Promise<Generation | CallError>((resolve) => {
    const fail = (error: unknown) => resolve(asCallError(error));
    stop = (reason) => {
      controller.abort(reason);
      cancelLastWord ??= clock.after(LAST_WORD_MS, () => fail(reason));
    };
    giveUp = () => stop(timeout(timeoutMs));
    deadlines.start(giveUp);
    running.add(stop);
    try {
      const options = { signal: controller.signal, ...streaming };
      call.model.generate(call.request, options).then(resolve, fail);
    } catch (error) {
      fail(error);
    }
  });
  deadlines.clear(giveUp);
  running.delete(stop);
  cancelLastWord?.();
  return { outcome, latencyMs: clock.monotonicMs() - startMs, firstTokenMs };
}

function asCallError(error: unknown): CallError {
  if (error instanceof CallError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CallError('internal', `the call failed in an unexpected way: ${message}`, {
    cause: error,
    hint: 'This is a defect of tutti; please report it with --debug output.',
  });
}

function timeout(timeoutMs: number): CallError {
  return new CallError('timeout', `no complete answer within ${timeoutMs / 1000} s`, {
    hint: 'A longer --timeout gives each attempt more time.',
  });
}
