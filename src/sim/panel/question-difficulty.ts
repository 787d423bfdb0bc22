import { seededRandom } from '../../core/seeded-random.ts';
import { hashText } from '../texts/hash-text.ts';
import { betaQuantile } from './beta-quantile.ts';

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
