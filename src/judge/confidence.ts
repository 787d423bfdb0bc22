const NUMBER =
  /^\+?(\d{1,6}(?:\.\d{0,20})?|\.\d{1,20})(?:\s{0,3}(%)|\s{0,3}\/\s{0,3}([1-9]\d{0,2}))?$/;

/** A number above 1 and up to this one may be a mark out of five or ten, too: it is none, rather than the wrong one. */
const HIGHEST_MARK = 10;

/**
 * Reads how sure a model says it is: a number from 0 to 1, or per cent where it is above 10 or has their sign, as a number
 * or as text, in which it may also be so many of so many (`8/10`).
 *
 * @returns from 0 to 1; null where nothing is said; undefined for anything else
 */
export function readConfidence(written: unknown): number | null | undefined {
  if (written === undefined || written === null) return null;
  if (typeof written === 'number') return shareOf(written, false);
  if (typeof written !== 'string') return undefined;
  const text = written.trim();
  if (text === '') return null;
  const [, digits, sign, most] = NUMBER.exec(text) ?? [];
  if (digits === undefined) return undefined;
  if (most !== undefined) {
    const number = Number(digits);
    return number <= Number(most) ? number / Number(most) : undefined;
  }
  return shareOf(Number(digits), sign !== undefined);
}

function shareOf(number: number, hasSign: boolean): number | undefined {
  if (!(number >= 0) || number > 100) return undefined;
  if (hasSign || number > HIGHEST_MARK) return number / 100;
  return number <= 1 ? number : undefined;
}
