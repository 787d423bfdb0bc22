import { points, type Tournament } from './tournament.ts';

/**
 * Bradley-Terry by Zermelo's iteration (1929): s_i <- W_i / Σ_j n_ij / (s_i + s_j), all at once, with
 * a virtual item of strength 1 for a prior; sums to 1 at the end.
 */
export function naiveBradleyTerry(played: Tournament, prior = 0, sweeps = 200_000): number[] {
  const m = points(played);
  let s = m.map(() => 1);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const next = s.map((own, i) => {
      const won = m[i]!.reduce((sum, one) => sum + one, prior / 2);
      const played = s.reduce(
        (sum, other, j) => sum + (m[i]![j]! + m[j]![i]!) / (own + other),
        prior / (own + 1),
      );
      return won / played;
    });
    const scale =
      prior > 0 ? 1 : Math.exp(next.reduce((sum, one) => sum + Math.log(one), 0) / s.length);
    const moved = Math.max(...next.map((one, i) => Math.abs(Math.log(one / scale / s[i]!))));
    s = next.map((one) => one / scale);
    if (moved < 1e-14) break;
  }
  const total = s.reduce((sum, one) => sum + one, 0);
  return s.map((one) => one / total);
}
