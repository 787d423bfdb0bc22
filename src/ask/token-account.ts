import { CallError } from '../core/call-error.ts';
import type { GenerateRequest, Generation } from '../core/model.ts';
import {
  type Reservation,
  type SharedLimit,
  type TokenCount,
  TokenEstimator,
} from '../scheduler/index.ts';

const NO_TOKENS: TokenCount = { input: 0, output: 0 };

/** Says what a lane's calls will use of its token limits, and corrects that by what they used. */
export class TokenAccount {
  readonly #limiters: readonly SharedLimit[];
  readonly #estimator = new TokenEstimator();

  constructor(limiters: readonly SharedLimit[]) {
    this.#limiters = limiters;
  }

  /** The tokens to reserve; none while no limiter counts them. */
  estimate(request: GenerateRequest): TokenCount {
    return this.#countsTokens() ? this.#estimator.estimate(request) : NO_TOKENS;
  }

  /** Corrects a reservation by what a try really used; a refused call used none. */
  settle(
    request: GenerateRequest,
    outcome: Generation | CallError,
    reservation: Reservation,
  ): void {
    if (!this.#countsTokens()) return;
    if (outcome instanceof CallError) {
      if (outcome.httpStatus !== null && outcome.httpStatus >= 400) reservation.settle(NO_TOKENS);
      return;
    }
    const { input, output } = outcome.usage;
    this.#estimator.learn(request, outcome.usage);
    if (input !== null && output !== null) reservation.settle({ input, output });
  }

  /** Asked each time, because limits may be retuned while the lane runs. */
  #countsTokens(): boolean {
    return this.#limiters.some((limiter) => limiter.countsTokens);
  }
}
