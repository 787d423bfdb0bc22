/**
 * How the outcome of a game depends on the difference d of two log strengths and, for models of ties, on
 * one parameter τ. Everything else of the family (fitting, intervals, diagnostics) is shared.
 */
export interface OutcomeModel {
  readonly name: string;
  /** True when ties have a probability of their own, with a parameter that is estimated. */
  readonly tieParameter: boolean;
  /** Where the iteration for τ begins. */
  readonly tieStart: number;
  /** τ must stay above this for the model to exist. */
  readonly tieAbove: number;
  /** How much of a win a tie is in `expected scores`: the weight w of both sides, 1/2 by default. */
  readonly tieWeight: number;
  /** Writes probabilities and derivatives at (d, τ) into `point`. */
  evaluate(d: number, tau: number, point: OutcomePoint): void;
  /**
   * The slope of a game's log-likelihood in d and τ, added up over its outcomes, from e^d: what an
   * iteration with a fixed Hessian needs, thousands of times. Writes into `slope` [d, τ].
   */
  slope(
    ratio: number,
    tie: number,
    won: number,
    lost: number,
    tied: number,
    slope: Float64Array,
  ): void;
  /** The number that `slope` takes for τ: e^τ. */
  tieOf(tau: number): number;
}

/**
 * Values of an outcome model at one place. Arrays of three are by outcome: won, lost, tied by the first
 * item. `d`, `t` are the slopes of the log-likelihood of that outcome in d and τ; `dd`, `dt`, `tt` its
 * second derivatives with the sign changed (information).
 */
export interface OutcomePoint {
  readonly logProbability: Float64Array;
  readonly d: Float64Array;
  readonly t: Float64Array;
  readonly dd: Float64Array;
  readonly dt: Float64Array;
  readonly tt: Float64Array;
}

/** Makes room for the values of an outcome model. */
export function outcomePoint(): OutcomePoint {
  return {
    logProbability: new Float64Array(3),
    d: new Float64Array(3),
    t: new Float64Array(3),
    dd: new Float64Array(3),
    dt: new Float64Array(3),
    tt: new Float64Array(3),
  };
}

/** ln(1 + e^x) without overflow. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** 1 / (1 + e^-x) without overflow. */
export function logistic(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}
