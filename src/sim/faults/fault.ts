import type { Exchange } from '../exchange/exchange.ts';

/** What a fault takes besides its share. */
export interface FaultArgument {
  /** What it means, for help texts. */
  readonly about: string;
  /** Used when none is given; null when one must be given. */
  readonly default: string | null;
  accepts(text: string): boolean;
}

/** One way to misbehave. */
export interface Fault {
  readonly name: string;
  /** What the client sees, for help texts. */
  readonly about: string;
  readonly argument?: FaultArgument;
  /** True when it makes sense for streamed answers only; others are then answered normally. */
  readonly onlyStreams?: boolean;
  /**
   * Whether a request is one that it is about. Such a fault strikes these alone, and leaves the share of the others as
   * it is; default: it strikes any.
   */
  concerns?(exchange: Exchange, argument: string): boolean;
  /** Answers in place of the normal answer. */
  respond(exchange: Exchange, argument: string): void;
}
