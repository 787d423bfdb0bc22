import { logistic, type OutcomeModel, softplus } from './outcome-model.ts';

/**
 * Bradley and Terry (1952): P(first wins) = s_i / (s_i + s_j) = 1 / (1 + e^-d). A tie counts as
 * `tieWeight` of a win on each side, so its "log-likelihood" is that of these parts of games.
 *
 * @param tieWeight 0 (ties say nothing) to 1; usually 1/2.
 */
export function bradleyTerryOutcome(tieWeight: number): OutcomeModel {
  return {
    name: 'bradley-terry',
    tieParameter: false,
    tieStart: 0,
    tieAbove: Number.NEGATIVE_INFINITY,
    tieWeight,
    evaluate(d, _tau, point) {
      const p = logistic(d);
      const information = p * logistic(-d);
      point.logProbability[0] = -softplus(-d);
      point.logProbability[1] = -softplus(d);
      point.logProbability[2] = -tieWeight * (softplus(-d) + softplus(d));
      point.d[0] = logistic(-d);
      point.d[1] = -p;
      point.d[2] = tieWeight * (1 - 2 * p);
      point.dd[0] = point.dd[1] = information;
      point.dd[2] = 2 * tieWeight * information;
    },
    slope(ratio, _tie, won, lost, tied, slope) {
      const half = tieWeight * tied;
      slope[0] = won + half - (won + lost + 2 * half) / (1 + 1 / ratio);
    },
    tieOf: () => 0,
  };
}
