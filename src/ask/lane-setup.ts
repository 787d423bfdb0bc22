import type { CallError } from '../core/call-error.ts';
import type { Clock, Random } from '../core/clock.ts';
import type { SharedLimit } from '../scheduler/index.ts';
import type { AnswerSink, Call, CallSource } from './call.ts';
import type { EndpointKnowledge } from './endpoint-knowledge.ts';

/** A lane as the pump is told of it. */
export interface LaneSetup {
  readonly name: string;
  /** Every limiter that a call of this lane counts against. */
  readonly limiters: readonly SharedLimit[];
  /** What earlier runs know of the endpoint; default: nothing. */
  readonly known?: EndpointKnowledge | undefined;
}

/** What every lane of a pump shares. */
export interface LaneContext {
  readonly source: CallSource;
  readonly sink: AnswerSink;
  readonly clock: Clock;
  readonly random: Random;
  /** Tries of a call before its error is its answer, at least 1. */
  readonly attempts: number;
  /** Time for one attempt in milliseconds; of a streamed answer, until its first piece. */
  readonly timeoutMs: number;
  /** How long a streamed answer may be silent after its first piece, in milliseconds; default 120 s. */
  readonly idleTimeoutMs?: number | undefined;
  /**
   * A call that would have to wait longer than this in all, because its endpoint is away or asks for it,
   * fails instead: with its last error, or with `not_sent`. In milliseconds; default: waits for ever.
   */
  readonly longestWaitMs?: number | undefined;
  /**
   * A lane that its endpoint asks to wait for longer, or that is refused for longer without an answer, is parked. In
   * milliseconds; default: waits for ever.
   */
  readonly maxWaitMs?: number | undefined;
  /** Final errors in a row that say the same and end their lane; default 0: any number. */
  readonly stopAfter?: number | undefined;
  /**
   * True: until a lane has its first answer it has one call in flight, and three in a row that are refused (400, 403)
   * end it, none of them answered. Default false.
   */
  readonly firstAlone?: boolean | undefined;
  /** True when every failed try of a call counts against its attempts, even while its server as a whole fails. */
  readonly everyTryCounts?: boolean | undefined;
  /** Told of every try that failed, whatever follows from it. */
  readonly onFailedTry?: ((lane: string, call: Call, error: CallError) => void) | undefined;
  /** Told when answers can no longer be kept. */
  readonly onBroken: (error: unknown) => void;
}
