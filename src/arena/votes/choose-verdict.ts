import { mention } from '../../core/option-mention.ts';
import { VERDICT_CODES } from '../../ranking/index.ts';
import type { VerdictReading } from './verdict-words.ts';

/** Whether a winner that may be the name of an item or the word of a side is taken for the one or the other. */
export type WinnerIs = 'name' | 'side';

/** A verdict that was understood, and how. */
export interface ChosenVerdict extends Omit<VerdictReading, 'spelling'> {
  readonly spelling: VerdictReading['spelling'] | 'name';
}

const SPELLINGS =
  'left, right, tie, both_bad (or model_a, model_b, tie (bothbad)); A, B, C; the name of the item that won; or the points of the left one, 0 to 1';

/**
 * Decides between what a verdict says as a word and as a name.
 *
 * @param named code of the side whose item has this name; undefined when neither has.
 * @returns what is wrong, when it is neither or both in different ways.
 */
export function chooseVerdict(
  reading: VerdictReading | undefined,
  named: number | undefined,
  winnerIs: WinnerIs | undefined,
  shown: string,
): ChosenVerdict | string {
  if (named !== undefined && winnerIs !== 'side') {
    if (reading === undefined || winnerIs === 'name' || reading.code === named) {
      return { spelling: 'name', code: named, points: null };
    }
    return `the verdict ${shown} is the ${sideOf(reading)} as a word and the ${sideOf({ code: named })} as the name of an item: say which with ${mention('winnerIs')}`;
  }
  const isSide = winnerIs === 'name' && reading?.spelling !== 'word';
  if (reading === undefined || isSide) return `the verdict is ${shown}; known are ${SPELLINGS}`;
  return reading;
}

function sideOf({ code }: { readonly code: number | null }): string {
  if (code === VERDICT_CODES.left) return 'left item';
  if (code === VERDICT_CODES.right) return 'right item';
  return code === null ? 'points of the left item' : 'tie';
}
