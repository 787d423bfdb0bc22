import { logistic, type OutcomeModel, softplus } from './outcome-model.ts';

/**
 * Rao and Kupper (1967): P(i) = s_i / (s_i + θ s_j), P(tie) = (θ² - 1) P(i) P(j), with τ = ln θ > 0:
 * a judge who sees a difference below τ calls a tie. Concave in (d, τ).
 */
export const raoKupperOutcome: OutcomeModel = {
  name: 'rao-kupper',
  tieParameter: true,
  tieStart: Math.log(1.5),
  tieAbove: 0,
  tieWeight: 0.5,
  evaluate(d, tau, point) {
    const won = logistic(d - tau);
    const lost = logistic(-d - tau);
    const wonSlope = logistic(tau - d);
    const lostSlope = logistic(tau + d);
    const ties = Math.expm1(2 * tau);
    point.logProbability[0] = -softplus(tau - d);
    point.logProbability[1] = -softplus(tau + d);
    point.logProbability[2] = Math.log(ties) + point.logProbability[0] + point.logProbability[1];
    point.d[0] = wonSlope;
    point.d[1] = -lostSlope;
    point.d[2] = wonSlope - lostSlope;
    point.t[0] = -wonSlope;
    point.t[1] = -lostSlope;
    point.t[2] = 2 + 2 / ties - wonSlope - lostSlope;
    point.dd[0] = point.tt[0] = won * wonSlope;
    point.dd[1] = point.tt[1] = lost * lostSlope;
    point.dd[2] = point.dd[0] + point.dd[1];
    point.tt[2] = point.dd[2] + (4 * (ties + 1)) / (ties * ties);
    point.dt[0] = -point.dd[0];
    point.dt[1] = point.dd[1];
    point.dt[2] = point.dt[0] + point.dt[1];
  },
  slope(ratio, tie, won, lost, tied, slope) {
    // P(not i) = θ / (r + θ), P(not j) = θ r / (1 + θ r), with r = e^d.
    const wonSlope = (won + tied) * (1 / (1 + ratio / tie));
    const lostSlope = (lost + tied) * (1 / (1 + 1 / (tie * ratio)));
    slope[0] = wonSlope - lostSlope;
    slope[1] = tied * (2 + 2 / (tie * tie - 1)) - wonSlope - lostSlope;
  },
  tieOf: Math.exp,
};
