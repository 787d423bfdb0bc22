import type { Clock } from '../../core/clock.ts';

/** A timer no longer than any clock bears. */
const LONG_MS = 2 ** 30;

/** Keeps the process from ending while a workflow may wait for ever. @returns lets it go */
export function holdProcess(clock: Clock): () => void {
  let cancel = () => {};
  const hold = () => {
    cancel = clock.after(LONG_MS, hold);
  };
  hold();
  return () => cancel();
}
