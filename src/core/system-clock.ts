import type { Clock } from './clock.ts';

/** The longest delay `setTimeout` can hold, in milliseconds; a longer one would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** How the system clock waits. */
export interface SystemClockOptions {
  /** False lets the process end while a timer is pending; default true. */
  readonly holdsProcess?: boolean;
}

/**
 * Makes the real clock. A timer of any length works, and none fires before `monotonicMs` has reached
 * its moment (a bare `setTimeout` can be a fraction of a millisecond early).
 */
export function createSystemClock({ holdsProcess = true }: SystemClockOptions = {}): Clock {
  return {
    monotonicMs: () => performance.now(),
    wallMs: () => Date.now(),
    after(delayMs, callback) {
      const dueMs = performance.now() + Math.max(0, delayMs);
      let timer: NodeJS.Timeout;
      const arm = (): void => {
        const restMs = dueMs - performance.now();
        timer = setTimeout(fire, Math.min(Math.max(0, Math.ceil(restMs)), MAX_TIMER_MS));
        if (!holdsProcess) timer.unref();
      };
      const fire = (): void => {
        if (performance.now() < dueMs) arm();
        else callback();
      };
      arm();
      return () => clearTimeout(timer);
    },
  };
}

/** The machine's own clock, for everything that runs outside a test. */
export const systemClock: Clock = createSystemClock();
