import type { JsonObject } from '../../core/json.ts';
import type { Model } from '../../core/model.ts';
import type { NamedModel } from '../../judge/index.ts';
import type { Strategy } from './strategies/strategy.ts';

/** One instance that is asked in each round. */
export interface ConsortiumMember extends NamedModel {
  /** `REFERENCE#N`, counted from 1 within its model. */
  readonly id: string;
  /** Its own system message, in place of the consortium's. */
  readonly system?: string | undefined;
  /** Its own parameters; those of the request are under them. */
  readonly parameters?: JsonObject | undefined;
  /** What the strategy `role` tells it. */
  readonly role?: string | undefined;
  /** What its vote counts, above 0; default 1. */
  readonly weight?: number | undefined;
}

/** How an arbiter makes one answer of several. */
export type Judging = 'synthesis' | 'rank' | 'pick-one';

/** A strategy with its parameters, as they were written. */
export interface ChosenStrategy {
  readonly name: string;
  readonly parameters: JsonObject;
  /** The models that parameters of the kind `model` name, opened, by the name of the parameter. */
  readonly models?: Readonly<Record<string, Model>> | undefined;
  /** The strategy itself, where it is the user's own; its name is then only what it is called. */
  readonly own?: Strategy | undefined;
}

/** Several models that agree on one answer. */
export interface Consortium {
  readonly name: string;
  /** At least one. */
  readonly members: readonly ConsortiumMember[];
  /** The next is asked when one fails; may be empty where members vote. */
  readonly arbiters: readonly Model[];
  readonly judging: Judging;
  /** In the order in which they are applied. */
  readonly strategies: readonly ChosenStrategy[];
  /** From 0 to 1: no further round from this confidence on. */
  readonly confidenceThreshold: number;
  readonly maxIterations: number;
  readonly minIterations: number;
  /** Time of a member for one round in milliseconds, waits and retries included. */
  readonly memberTimeoutMs: number;
  /** Least members that must have answered. */
  readonly quorum: number;
  /** How an answer is found in a response, see `answerExtractor`; default: its last `Answer:` line. */
  readonly extract?: string | null | undefined;
  /** True waits for every member although the others have decided. */
  readonly all: boolean;
  /** The system message of members; undefined without one. */
  readonly system?: string | null | undefined;
  readonly seed: number;
}
