import { seededRandom } from '../core/seeded-random.ts';
import { shuffled } from '../core/shuffle.ts';
import { textHash } from '../core/text-hash.ts';

/** For whom an order is made. */
export interface AnswerOrderOptions {
  /** Another one gives other orders; whole number. */
  readonly seed: number;
  /** Who judges. */
  readonly judge: string;
  /** Which prompt of the study it is, counted from 0: its orders are balanced over those that follow one another. */
  readonly prompt: number;
  /** How many answers are put in order. */
  readonly count: number;
}

/**
 * In which order a judge sees the answers to a prompt: their numbers, by place. The same options give the same order.
 *
 * Each `count` prompts, from the first on, are the rows of a Latin square, so that after any number of prompts a judge has
 * seen each answer at each place equally often, or once more. The squares are Williams' (1949): base row 0, 1, n-1, 2, n-2,
 * …, the others shifted by one. With an even count a square has each row backwards, too, and the two come one after the
 * other: of any two answers each has stood before the other equally often, or once more. With an odd count the next square
 * has the rows backwards, so that this is so after each two squares, and within them nearly so. Each square, or pair of
 * squares, has its answers and rows in another random order.
 */
export function answerOrder({ seed, judge, prompt, count }: AnswerOrderOptions): readonly number[] {
  const isEven = count % 2 === 0;
  const block = Math.max(1, isEven ? count : 2 * count);
  const { first, second } = textHash(JSON.stringify([seed, judge, Math.floor(prompt / block)]));
  const random = seededRandom(first, second);
  const answers = shuffled(count, random);
  const rows = isEven ? pairedRows(count, random) : nearlyPairedRows(count, random);
  const { shift, isBackwards } = rows[prompt % block] ?? { shift: 0, isBackwards: false };
  const places = Array.from({ length: count }, (_, place) => {
    const at = isBackwards ? count - 1 - place : place;
    return answers[(baseRow(at, count) + shift) % count]!;
  });
  return places;
}

interface SquareRow {
  readonly shift: number;
  readonly isBackwards: boolean;
}

/** 0, 1, n-1, 2, n-2, …: each difference between neighbours is another one. */
function baseRow(place: number, count: number): number {
  return place % 2 === 1 ? (place + 1) / 2 : (count - place / 2) % count;
}

/** The row that is shifted by half the count is the same backwards. */
function pairedRows(count: number, random: () => number): SquareRow[] {
  const half = count / 2;
  return [...shuffled(half, random)].flatMap((shift) => {
    const pair = [shift, shift + half].map((one) => ({ shift: one, isBackwards: false }));
    return random() < 0.5 ? pair : pair.reverse();
  });
}

/** With an odd count the row that is shifted by some half is nearly the same backwards. */
function nearlyPairedRows(count: number, random: () => number): SquareRow[] {
  const step = (count + 1) / 2;
  return [false, true].flatMap((isBackwards) => {
    const start = Math.floor(random() * count);
    return Array.from({ length: count }, (_, at) => ({
      shift: (start + at * step) % count,
      isBackwards,
    }));
  });
}
