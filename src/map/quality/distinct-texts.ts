import { editDistance } from '../../core/edit-distance.ts';
import { comparedText } from './compared-text.ts';

/** Longest product of two lengths that is compared character by character: some tens of milliseconds. */
const MAX_WORK = 20_000 * 20_000;

/**
 * The texts that are not repeats of an earlier one, in order; those of white space alone are left out.
 *
 * @param near how alike two texts are of which the later one goes: 1 - Levenshtein distance / length of the longer one, as
 *   `comparedText` has them; from 0 to 1, default: only the same texts. Two texts of over 20,000 characters each are
 *   repeats only where nothing but a beginning and an end of theirs must be passed over to compare less
 */
export function distinctTexts(texts: readonly string[], near?: number): string[] {
  const distinct = [...new Set(texts)].filter((text) => text.trim() !== '');
  if (near === undefined) return distinct;
  const kept: string[] = [];
  return distinct.filter((text) => {
    const one = comparedText(text);
    if (kept.some((other) => isNear(one, other, near))) return false;
    kept.push(one);
    return true;
  });
}

function isNear(a: string, b: string, near: number): boolean {
  if (a === b) return true;
  const longer = Math.max(lengthOf(a), lengthOf(b));
  const most = (1 - near) * longer + 1e-9;
  if (Math.abs(lengthOf(a) - lengthOf(b)) > most) return false;
  const [x, y] = withoutCommonEnds(a, b);
  if (x.length * y.length > MAX_WORK) return false;
  return editDistance(x, y) <= most;
}

/** Code points; most texts are quick to count. */
function lengthOf(text: string): number {
  return /[\ud800-\udfff]/.test(text) ? [...text].length : text.length;
}

/** What lies between the beginning and the end that two texts share; their distance is the same. */
function withoutCommonEnds(a: string, b: string): [string, string] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  // Never between the halves of a character.
  if (start > 0 && /[\ud800-\udbff]/.test(a[start - 1]!)) start--;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  if (end > 0 && /[\udc00-\udfff]/.test(a[a.length - end]!)) end--;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}
