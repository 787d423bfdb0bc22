import { VERDICT_CODES } from '../../ranking/index.ts';

/** How a verdict is spelt: a word for a side, a letter for it, or the points of the left item. */
type Spelling = 'word' | 'letter' | 'number';

/** What a verdict says by itself, without the names of the items. */
export interface VerdictReading {
  readonly spelling: Spelling;
  /** A code of `VERDICT_CODES`; null for points between those of a side and a tie. */
  readonly code: number | null;
  /** Points of the left item, 0 to 1, where the verdict is a number. */
  readonly points: number | null;
}

const WORDS = new Map<string, VerdictReading>();
spell('word', VERDICT_CODES.left, 'left model_a model_1 response_a leftvote');
spell('word', VERDICT_CODES.right, 'right model_b model_2 response_b rightvote');
spell('word', VERDICT_CODES.tie, 'tie draw equal tievote');
spell('word', VERDICT_CODES.both_bad, 'both_bad bothbad bothbad_vote tie_both_bad');
spell('letter', VERDICT_CODES.left, 'a [[a]] [a] a>b');
spell('letter', VERDICT_CODES.right, 'b [[b]] [b] b>a');
spell('letter', VERDICT_CODES.tie, 'c [[c]] [c] a=b b=a');

function spell(spelling: Spelling, code: number, words: string): void {
  for (const word of words.split(' ')) WORDS.set(word, { spelling, code, points: null });
}

/**
 * Reads a verdict in any of the known spellings and any case: a side (`left`, `model_a`), a letter
 * (`A`, `B`, `C` for a tie, as MT-bench's judges write) or the points of the left item (1, 0.5, 0, or
 * 0.93 for a verdict that is not sure).
 *
 * @returns undefined for anything else, a number outside 0..1 too.
 */
export function readVerdict(word: unknown): VerdictReading | undefined {
  const text = verdictText(word);
  const plain = text
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
    .replace(/_?\(both_?bad\)$/, '_both_bad');
  const known = WORDS.get(plain);
  if (known !== undefined) return known;
  const points = numberIn(text);
  if (points === null || points < 0 || points > 1) return undefined;
  return pointsReading(points);
}

/** Points of the left item as a verdict: 1 is left, 0 right, 0.5 a tie. */
export function pointsReading(points: number): VerdictReading {
  const { left, right, tie } = VERDICT_CODES;
  const code = points === 1 ? left : points === 0 ? right : points === 0.5 ? tie : null;
  return { spelling: 'number', code, points };
}

/** The number that a text is, or null; only plain decimal numbers are. */
export function numberIn(text: string): number | null {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}

/** A verdict as a trimmed text. */
export function verdictText(word: unknown): string {
  return typeof word === 'string' || typeof word === 'number' ? String(word).trim() : '';
}
