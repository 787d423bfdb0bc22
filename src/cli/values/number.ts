import type { Parsed } from '../option.ts';

/** Makes a reader of numbers of a range, both ends included: `0.5`, `-3`, `1e-6`. */
export function numberFrom(minimum: number, maximum: number): (text: string) => Parsed<number> {
  return (text) => {
    const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text.trim())
      ? Number(text)
      : Number.NaN;
    return value >= minimum && value <= maximum
      ? { value }
      : { problem: `must be a number from ${minimum} to ${maximum}` };
  };
}
