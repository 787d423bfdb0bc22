import type { Tournament } from './tournament.ts';

/** Probabilities of a win, a loss and a tie of strengths a and b with a tie parameter. */
export type TieModel = (a: number, b: number, tie: number) => readonly [number, number, number];

/** Davidson (1970), as printed. */
export const naiveDavidson: TieModel = (a, b, nu) => {
  const d = a + b + nu * Math.sqrt(a * b);
  return [a / d, b / d, (nu * Math.sqrt(a * b)) / d];
};

/** Rao and Kupper (1967), as printed. */
export const naiveRaoKupper: TieModel = (a, b, theta) => [
  a / (a + theta * b),
  b / (theta * a + b),
  ((theta ** 2 - 1) * a * b) / ((a + theta * b) * (theta * a + b)),
];

/** The log-likelihood of a tournament, as a double sum. */
export function naiveLogLikelihood(
  { items, wins, ties }: Tournament,
  model: TieModel,
  strengths: readonly number[],
  tie: number,
): number {
  let sum = 0;
  for (let i = 0; i < items.length; i++) {
    for (let j = 0; j < i; j++) {
      const [won, lost, tied] = model(strengths[i]!, strengths[j]!, tie);
      const term = (weight: number, p: number) => (weight === 0 ? 0 : weight * Math.log(p));
      sum += term(wins[i]![j]!, won) + term(wins[j]![i]!, lost) + term(ties[i]![j]!, tied);
    }
  }
  return sum;
}
