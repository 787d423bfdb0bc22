import type { TextFamily } from './hostile-texts.ts';

const SHORT = 4_096;
const TIMES = 4;
/** Linear work gives 4, quadratic 16; half-way on a scale of factors. */
const MAX_GROWTH = 8;
/** A quadratic reader needs far longer than this for the long text; below it the clock is too coarse to compare. */
const NEGLIGIBLE_MS = 15;
const TRIES = 4;

/**
 * Compares what a reader takes for a text with what it takes for one four times as long, in processor time.
 *
 * @returns null when it grows with the length; else how it grew.
 */
export async function superlinearGrowth(
  read: (text: string) => unknown,
  { ofLength }: TextFamily,
): Promise<string | null> {
  const [short, long] = [ofLength(SHORT), ofLength(SHORT * TIMES)];
  let shortMs = Number.POSITIVE_INFINITY;
  let longMs = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < TRIES; tries++) {
    longMs = Math.min(longMs, await processorMs(read, long));
    if (longMs < NEGLIGIBLE_MS) return null;
    shortMs = Math.min(shortMs, await processorMs(read, short));
    if (longMs <= MAX_GROWTH * shortMs) return null;
  }
  return `${SHORT} characters ${shortMs.toFixed(1)} ms, ${SHORT * TIMES} ${longMs.toFixed(1)} ms`;
}

async function processorMs(read: (text: string) => unknown, text: string): Promise<number> {
  const before = process.cpuUsage();
  try {
    await read(text);
  } catch (error) {
    // Refusing a text is right; running out of stack or memory over it is not.
    if (error instanceof RangeError) throw error;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
