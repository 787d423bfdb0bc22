import type { Random } from '../../core/clock.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { findQuestion } from '../questions/question.ts';
import { isRight } from '../questions/said-answer.ts';
import { hashText } from '../texts/hash-text.ts';
import { standardNormal } from '../texts/standard-normal.ts';
import type { AskedVerdict, ShownAnswer } from './asked-verdict.ts';

/** How a judge weighs answers: right and wrong ones are 1 apart. */
export interface JudgeHabits {
  /** Added to the answer that is shown first. */
  readonly bias: number;
  /** Added to its own answers. */
  readonly self: number;
  /** Standard deviation of what is added by chance. */
  readonly noise: number;
  /** Probability that two neighbours of the ranking are told as equal. */
  readonly tie: number;
}

/** Who judges. */
export interface Judging {
  readonly habits: JudgeHabits;
  /** Whether a text is the judge's own. */
  readonly isOwn: (text: string) => boolean;
  /** The right answer to a prompt that is no simulated question; undefined where none is known. */
  readonly rightOf: (prompt: string) => string | undefined;
  readonly random: Random;
}

/** What a judge finds of answers. */
export interface Findings {
  /** Places of the answers as they were shown, from 0, best first; equal ones together. */
  readonly ranking: readonly (readonly number[])[];
  /** What each answer is worth to the judge, by its place. */
  readonly worth: readonly number[];
  /** Whether each answer is right; null where that is not known. */
  readonly right: readonly (boolean | null)[];
  /** Places of the judge's own answers. */
  readonly own: readonly number[];
}

/**
 * Judges answers: each is worth 1 where it is right, 0 where it is wrong, or a share by its text where no truth is
 * known; habits and chance are added. Of the ranking, neighbours become equal with the probability `tie`.
 */
export function judgeAnswers(
  { prompt, answers }: Pick<AskedVerdict, 'prompt' | 'answers'>,
  { habits, isOwn, rightOf, random }: Judging,
): Findings {
  const truth = findQuestion(prompt)?.right ?? rightOf(prompt);
  const right = answers.map(({ text }) =>
    truth === undefined ? null : isRight(text, { right: truth }) === true,
  );
  const own = answers.flatMap(({ text }, place) => (isOwn(text) ? [place] : []));
  const worth = answers.map(
    (answer, place) =>
      quality(answer, right[place] ?? null) +
      (place === 0 ? habits.bias : 0) +
      (own.includes(place) ? habits.self : 0) +
      habits.noise * standardNormal(random),
  );
  const order = answers.map((_, place) => place).sort((a, b) => worth[b]! - worth[a]! || a - b);
  const ranking: number[][] = [];
  for (const place of order) {
    const last = ranking.at(-1);
    if (last !== undefined && random() < habits.tie) last.push(place);
    else ranking.push([place]);
  }
  return { ranking, worth, right, own };
}

function quality({ text }: ShownAnswer, right: boolean | null): number {
  if (right !== null) return right ? 1 : 0;
  return seededRandom(hashText(`quality ${text}`))();
}
