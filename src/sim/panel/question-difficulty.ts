import { incompleteBeta } from '../../core/incomplete-functions.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { hashText } from '../texts/hash-text.ts';

const HALVINGS = 52;

/**
 * The probability with which a member answers one question rightly. A question has one difficulty u, uniform on (0, 1) by
 * its text alone; a member of skill s and correlation r has the u-quantile of the Beta distribution with the mean s and
 * the variance r s (1 - s): a = s (1 - r)/r, b = (1 - s)(1 - r)/r. Given the question, members err independently, so that
 * the errors of two members of one skill and correlation correlate by Var(p)/(s (1 - s)) = r. Of members that differ in
 * them, the correlation is at most the root of the product of theirs (Cauchy and Schwarz).
 */
export function chanceToBeRight(question: string, skill: number, correlation: number): number {
  if (correlation === 0 || skill === 0 || skill === 1) return skill;
  const spread = (1 - correlation) / correlation;
  const difficulty = seededRandom(hashText(`difficulty ${question}`))();
  return betaQuantile(difficulty, skill * spread, (1 - skill) * spread);
}

/** The quantile of the Beta distribution with parameters a and b, by halving; `share` from 0 to 1. */
function betaQuantile(share: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, a, b) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
