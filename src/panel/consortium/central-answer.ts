/**
 * Finds the most central of some texts: the one that is on average most like the others, by the words that they share
 * (Dice's coefficient, each word as often as it stands there). Of equally central ones the first.
 *
 * @returns its number; -1 without any
 */
export function mostCentral(texts: readonly string[]): number {
  const bags = texts.map(wordsOf);
  let [best, likeness] = [-1, Number.NEGATIVE_INFINITY];
  for (const [at, bag] of bags.entries()) {
    const sum = bags.reduce(
      (total, other) => total + (other === bag ? 0 : likenessOf(bag, other)),
      0,
    );
    if (sum <= likeness + 1e-12) continue;
    [best, likeness] = [at, sum];
  }
  return best;
}

/** Writing without spaces counts by its characters. */
const ALONE = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]`;
/** A run of any length, as of an answer that repeats a letter without end, would exhaust the stack. */
const WORD = new RegExp(String.raw`${ALONE}|[[\p{L}\p{M}]--${ALONE}]{1,500}|\p{N}{1,500}`, 'gv');

interface WordBag {
  readonly counts: ReadonlyMap<string, number>;
  readonly size: number;
}

function wordsOf(text: string): WordBag {
  const words = text.toLowerCase().match(WORD) ?? [];
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { counts, size: words.length };
}

function likenessOf(a: WordBag, b: WordBag): number {
  if (a.size + b.size === 0) return 0;
  let shared = 0;
  for (const [word, count] of a.counts) shared += Math.min(count, b.counts.get(word) ?? 0);
  return (2 * shared) / (a.size + b.size);
}
