import { CallError } from '../core/call-error.ts';
import type { Clock } from '../core/clock.ts';
import type { Generation } from '../core/model.ts';
import type { Deadlines } from '../scheduler/index.ts';
import type { Call } from './call.ts';

/** How one try of a call ended. */
export interface AttemptResult {
  readonly outcome: Generation | CallError;
  readonly latencyMs: number;
  readonly firstTokenMs: number | null;
}

/** What every attempt of a lane shares. */
export interface AttemptContext {
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  readonly timeoutMs: number;
  /** The attempts under way, so that they can be aborted together. */
  readonly running: Set<AbortController>;
  readonly onDelta?: ((call: Call, text: string) => void) | undefined;
}

/** Tries a call once, under the lane's time-out. Never rejects. */
export async function attempt(call: Call, context: AttemptContext): Promise<AttemptResult> {
  const { clock, deadlines, running, timeoutMs } = context;
  const controller = new AbortController();
  const giveUp = () => controller.abort(timeout(timeoutMs));
  const startMs = clock.monotonicMs();
  let firstTokenMs: number | null = null;
  const onDelta = context.onDelta;
  const streaming = onDelta && {
    onDelta: (text: string) => {
      firstTokenMs ??= clock.monotonicMs() - startMs;
      onDelta(call, text);
    },
  };
  deadlines.start(giveUp);
  running.add(controller);
  let outcome: Generation | CallError;
  try {
    outcome = await call.model.generate(call.request, { signal: controller.signal, ...streaming });
  } catch (error) {
    outcome = asCallError(error);
  } finally {
    deadlines.clear(giveUp);
    running.delete(controller);
  }
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
