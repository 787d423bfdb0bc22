import type { CalibrationQuestion } from './calibration-question.ts';

/**
 * Mean correlation φ of the errors of two members, over all pairs: 1 where they err together always, 0 where the one
 * says nothing of the other. Pairs of which a member is always right, or always wrong, have none.
 *
 * @returns null where no pair has one.
 */
export function errorCorrelation(questions: readonly CalibrationQuestion[]): number | null {
  const members = questions[0]?.members.length ?? 0;
  let [sum, pairs] = [0, 0];
  for (let second = 1; second < members; second++) {
    for (let first = 0; first < second; first++) {
      const phi = phiOf(questions, first, second);
      if (phi === null) continue;
      sum += phi;
      pairs += 1;
    }
  }
  return pairs === 0 ? null : sum / pairs;
}

function phiOf(
  questions: readonly CalibrationQuestion[],
  first: number,
  second: number,
): number | null {
  let [count, one, other, both] = [0, 0, 0, 0];
  for (const { members } of questions) {
    const [a, b] = [members[first]!.right, members[second]!.right];
    if (a === null || b === null) continue;
    count += 1;
    one += Number(a);
    other += Number(b);
    both += Number(a && b);
  }
  const spread = one * (count - one) * other * (count - other);
  return spread === 0 ? null : (count * both - one * other) / Math.sqrt(spread);
}

/**
 * Members without correlation that would be worth as much, n / (1 + (n - 1) φ) (Kish).
 *
 * @returns null where φ is unknown, or so far below 0 that no number of them would be.
 */
export function effectiveMembers(members: number, phi: number | null): number | null {
  if (phi === null) return members === 1 ? 1 : null;
  const inflation = 1 + (members - 1) * phi;
  return inflation <= 0 ? null : members / inflation;
}
