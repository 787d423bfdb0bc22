import type { Clock } from '../../core/clock.ts';

/** What the user has asked to end. */
export interface Interrupts {
  /** Aborted by the first signal: start nothing new, finish what is under way. */
  readonly drain: AbortSignal;
  /** Aborted by the second signal: end now. */
  readonly stop: AbortSignal;
  /** True once there was a signal. */
  readonly interrupted: boolean;
}

/** The part of `process` that interrupts listen to. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
}

/** What is said once the user has asked for the end. */
export const INTERRUPTED_NOTE =
  'Interrupted: what is under way finishes. Ctrl-C again stops at once.';

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const WITHOUT_HANG_UP = SIGNALS.filter((signal) => signal !== 'SIGHUP');

/**
 * One Ctrl-C can arrive several times: from the terminal, from npm and from the process that started
 * this one. Signals that follow within this time are the same one.
 */
const SAME_SIGNAL_MS = 500;

/**
 * Listens to SIGINT, SIGTERM and SIGHUP: the first drains, the second stops, the third is `onThird`. It
 * never ends: a late copy of a signal must not kill a process that is finishing in order. Where `hearsHangUp` is false,
 * SIGHUP means nothing.
 */
export function listenToInterrupts(
  source: SignalSource,
  clock: Clock,
  onThird: () => void,
  hearsHangUp = true,
): Interrupts {
  const drain = new AbortController();
  const stop = new AbortController();
  let lastMs = Number.NEGATIVE_INFINITY;
  const onSignal = () => {
    const nowMs = clock.monotonicMs();
    if (nowMs - lastMs < SAME_SIGNAL_MS) return;
    lastMs = nowMs;
    if (stop.signal.aborted) onThird();
    else if (drain.signal.aborted) stop.abort();
    else drain.abort();
  };
  for (const signal of hearsHangUp ? SIGNALS : WITHOUT_HANG_UP) source.on(signal, onSignal);
  return {
    drain: drain.signal,
    stop: stop.signal,
    get interrupted() {
      return drain.signal.aborted;
    },
  };
}
