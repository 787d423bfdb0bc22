import { VERDICT_CODES } from '../../ranking/index.ts';
import type { VerdictKind } from './comparison-forms.ts';
import { shownValue } from './invalid-values.ts';
import { isMissingWord } from './missing-words.ts';
import { numberIn, pointsReading, verdictText } from './verdict-words.ts';

/** What a row of several columns of verdicts says. */
export type RowVerdict =
  | {
      readonly kind: 'verdict';
      readonly code: number | null;
      readonly points: number | null;
      /** False where it is not known which answer was shown first. */
      readonly sided: boolean;
    }
  /** Verdicts of two games in which the items changed sides, from the side of each. */
  | { readonly kind: 'games'; readonly codes: readonly [number, number] }
  /** A judge failed: so many games are without a verdict. */
  | { readonly kind: 'none'; readonly games: number };

const YES = new Set(['1', '1.0', 'true', 'yes']);
const NO = new Set(['', '0', '0.0', 'false', 'no', 'nan', 'na', 'null']);

/**
 * Reads the verdict of a row that is not a single word.
 *
 * @param values cells or values of the verdict's columns.
 * @param names of the left and the right item.
 * @returns what is wrong where it is not understood.
 */
export function rowVerdict(
  kind: Exclude<VerdictKind, 'word'>,
  values: readonly unknown[],
  names: readonly [string, string],
): RowVerdict | string {
  if (kind === 'one-hot') return oneHot(values);
  return kind === 'two-games' ? twoGames(values, names) : preference(values[0]);
}

function oneHot(values: readonly unknown[]): RowVerdict | string {
  const flags = values.map((value) => {
    const text = typeof value === 'boolean' ? String(value) : verdictText(value).toLowerCase();
    return YES.has(text) ? 1 : NO.has(text) ? 0 : null;
  });
  const chosen = flags.indexOf(1);
  if (flags.includes(null) || chosen < 0 || flags.lastIndexOf(1) !== chosen) {
    const shown = values.map((value) => verdictText(value) || String(value ?? '')).join(', ');
    return `of its columns of winners just one must be 1, not ${shownValue(shown)}`;
  }
  const { left, right, tie } = VERDICT_CODES;
  return { kind: 'verdict', code: [left, right, tie][chosen]!, points: null, sided: true };
}

/** MT-bench names the model that won in both games; in the second the first model stood right. */
function twoGames(
  values: readonly unknown[],
  names: readonly [string, string],
): RowVerdict | string {
  const winners = values.map((value) => winnerOfGame(verdictText(value), names));
  const wrong = winners.indexOf(undefined);
  if (wrong >= 0) {
    return `the winner of game ${wrong + 1} is ${shownValue(values[wrong])}; known are model_1, model_2, tie, error`;
  }
  const failed = winners.filter((winner) => winner === null).length;
  if (failed > 0) return { kind: 'none', games: failed };
  const { left, right } = VERDICT_CODES;
  const swapped = winners[1] === left ? right : winners[1] === right ? left : winners[1]!;
  return { kind: 'games', codes: [winners[0]!, swapped] };
}

/** Left for the first model, whichever side it stood on; null for a judge that failed. */
function winnerOfGame(
  word: string,
  [first, second]: readonly [string, string],
): number | null | undefined {
  if (word === 'model_1' || word === first) return VERDICT_CODES.left;
  if (word === 'model_2' || word === second) return VERDICT_CODES.right;
  if (word.toLowerCase() === 'tie') return VERDICT_CODES.tie;
  return word.toLowerCase() === 'error' ? null : undefined;
}

/**
 * AlpacaEval: 1 is the first generator, 2 the second, 1.5 (and 0, formerly) a draw, 1.93 nearly sure; null
 * where the annotator gave up.
 */
function preference(value: unknown): RowVerdict | string {
  if (value === null || value === undefined || isMissingWord(verdictText(value))) {
    return { kind: 'none', games: 1 };
  }
  const number = numberIn(verdictText(value));
  if (number === 0) return unsided(0.5);
  if (number === null || number < 1 || number > 2) {
    return `the preference is ${shownValue(value)}; it must be a number from 1 (the first) to 2 (the second)`;
  }
  // 1.93 - 1 is not 0.93 in binary; twelve digits are.
  return unsided(Number((2 - number).toFixed(12)));
}

/** AlpacaEval shows the two in an order that it draws and does not keep. */
function unsided(points: number): RowVerdict {
  const { code } = pointsReading(points);
  return { kind: 'verdict', code, points, sided: false };
}
