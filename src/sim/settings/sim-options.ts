import type { Clock } from '../../core/clock.ts';
import type { AnswerSource } from '../answers/answer-source.ts';
import type { FaultRule } from '../faults/fault-rule.ts';
import type { Limits } from '../limits/parse-limits.ts';
import type { Latency } from './latency.ts';

/** How a model behaves. What is not given here comes from the server's own settings. */
export interface ModelSettings {
  /** Time from the request to the end of the answer; default none. */
  readonly latency?: Latency;
  /** Time to the first piece of a stream; default 30 % of `latency`. */
  readonly firstToken?: Latency;
  /** Time from piece to piece of a stream; default what is left of `latency`, evenly. */
  readonly perToken?: Latency;
  /** What is allowed: for a model its own, for the server all models together. Default no limit. */
  readonly limits?: Limits;
  /** Faults to inject, or their text; see `parseFaults`. A model's own replace the server's. Default none. */
  readonly faults?: readonly FaultRule[] | string;
  /** Share of right answers to rehearsal questions, 0 to 1; default 1. */
  readonly rightShare?: number;
  /**
   * Whether it fails and answers as prompto's `test` API does: by the parameters `raise_error` and
   * `raise_error_type`, else one request in five fails; default false.
   */
  readonly raisesErrors?: boolean;
  /** Whether it is a member and judge of simulated panels, with parameters behind its name; default false. */
  readonly isPanel?: boolean;
}

/** A model of a server, with its name. */
export interface NamedModelSettings extends ModelSettings {
  readonly name: string;
}

/** How to start simulated endpoints. */
export interface SimOptions extends ModelSettings {
  /** Port from 0 to 65535; default 0, any free one. */
  readonly port?: number;
  /** `127.0.0.1` or `localhost`, which mean the same; default `127.0.0.1`. Nothing else is bound. */
  readonly host?: string;
  /** Known models; others get the vendor's error. Default: every name is known. */
  readonly models?: readonly NamedModelSettings[];
  /** With `models`: whether other names are known as well; default false. */
  readonly anyModel?: boolean;
  /** Keys that are accepted; default: any key, or none. */
  readonly apiKeys?: readonly string[];
  /** Where answers come from; default `rehearsal`. */
  readonly answer?: AnswerSource;
  /** How long a file is processed that was brought to Gemini's Files API, in milliseconds; default 0. */
  readonly processingMs?: number;
  /** Seed of latencies and faults; default 1. The same seed gives the n-th request the same fate. */
  readonly seed?: number;
  /** Where requests are recorded: `memory` (default), `false` for nowhere, or a JSONL file to append to. */
  readonly log?: 'memory' | false | { readonly file: string };
  /** Most requests kept in memory, oldest dropped first; default 100,000. */
  readonly logLimit?: number;
  /** Default: the machine's own clock. */
  readonly clock?: Clock;
}
