import type { Parsed } from '../option.ts';

/** Makes a reader of whole numbers of a range, both ends included. */
export function countFrom(
  minimum: number,
  maximum = 1_000_000_000,
): (text: string) => Parsed<number> {
  return (text) => {
    const value = /^\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN;
    return value >= minimum && value <= maximum
      ? { value }
      : { problem: `must be a whole number from ${minimum} to ${maximum}` };
  };
}
