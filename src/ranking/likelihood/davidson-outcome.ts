import type { OutcomeModel } from './outcome-model.ts';

/**
 * Davidson (1970): P(i) = s_i / D, P(tie) = ν √(s_i s_j) / D, D = s_i + s_j + ν √(s_i s_j), with
 * τ = ln ν. In d: 1 / (1 + e^-d + ν e^-d/2) and so on, concave in (d, τ).
 */
export const davidsonOutcome: OutcomeModel = {
  name: 'davidson',
  tieParameter: true,
  tieStart: Math.log(0.5),
  tieAbove: Number.NEGATIVE_INFINITY,
  tieWeight: 0.5,
  evaluate(d, tau, point) {
    // The three terms over the largest of them, so that nothing overflows.
    const largest = Math.max(Math.abs(d) / 2, tau);
    const logNormal =
      largest +
      Math.log(Math.exp(d / 2 - largest) + Math.exp(-d / 2 - largest) + Math.exp(tau - largest));
    point.logProbability[0] = d / 2 - logNormal;
    point.logProbability[1] = -d / 2 - logNormal;
    point.logProbability[2] = tau - logNormal;
    const won = Math.exp(point.logProbability[0]);
    const lost = Math.exp(point.logProbability[1]);
    const tied = Math.exp(point.logProbability[2]);
    const mean = (won - lost) / 2;
    point.d[0] = 0.5 - mean;
    point.d[1] = -0.5 - mean;
    point.d[2] = -mean;
    point.t[0] = point.t[1] = -tied;
    point.t[2] = won + lost;
    point.dd.fill((won + lost) / 4 - mean * mean);
    point.dt.fill(-mean * tied);
    point.tt.fill(tied * (won + lost));
  },
  slope(ratio, tie, won, lost, tied, slope) {
    const root = Math.sqrt(ratio);
    const normal = ratio + 1 + tie * root;
    const total = won + lost + tied;
    slope[0] = (won - lost - (total * (ratio - 1)) / normal) / 2;
    slope[1] = tied - (total * tie * root) / normal;
  },
  tieOf: Math.exp,
};
