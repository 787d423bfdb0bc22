import type { JsonObject, JsonValue } from '../../../core/json.ts';
import type { Model } from '../../../core/model.ts';
import type { Ask } from '../../../core/workflow.ts';
import type { ConsortiumAgreement } from '../result.ts';

/** A parameter of a strategy. */
export interface StrategyParameter {
  readonly name: string;
  /** What it does, as the end of a sentence. */
  readonly about: string;
  /** `extract`: how an answer is found in a response. `model`: a reference, which whoever makes the consortium opens. */
  readonly kind: 'number' | 'whole' | 'text' | 'texts' | 'extract' | 'model';
  /** Undefined: it must be given. */
  readonly default?: JsonValue | undefined;
  /** Bounds of a number. */
  readonly least?: number | undefined;
  readonly most?: number | undefined;
}

/** A member as a strategy knows it. */
export interface StrategyMember {
  readonly id: string;
  readonly role?: string | undefined;
  /** What its vote counts. */
  readonly weight: number;
}

/** An answer of a member in a round. */
export interface RoundAnswer {
  /** Number of the member in the consortium, counted from 0. */
  readonly member: number;
  readonly id: string;
  readonly text: string;
  readonly weight: number;
}

/** What a strategy knows of an earlier round. */
export interface EarlierRound {
  /** Numbers of the members that took part. */
  readonly members: readonly number[];
  /** Numbers of the members by the arbiter's ranking, best first, equal ones together; null without one. */
  readonly ranking: readonly (readonly number[])[] | null;
}

/** What a strategy makes of the answers of a round. */
export interface Selection {
  /** Those that go on to the next strategy, or to the arbiter. */
  readonly kept: readonly RoundAnswer[];
  /** Who agrees with whom, where the strategy found that out. */
  readonly agreement?: ConsortiumAgreement | undefined;
  /** The answers of which one is the round's, where the strategy decides it; several are tied. Empty: it could not. */
  readonly winners?: readonly RoundAnswer[] | undefined;
  /** From 0 to 1, where the strategy decides. */
  readonly confidence?: number | null | undefined;
  /** What could not be done, as a sentence. */
  readonly degraded?: readonly string[] | undefined;
}

/** What a strategy may use while it selects. */
export interface SelectContext {
  /** Its calls are named within the round. */
  readonly ask: Ask;
  /** Members that were asked in the round, with those that were cancelled. */
  readonly asked: readonly StrategyMember[];
}

/** A value, or one that is still to come: a strategy of the user's own works in a thread of its own. */
export type Awaitable<Value> = Value | Promise<Value>;

/** A strategy that may be used. All of it is pure: what it does depends on nothing but what it is given. */
export interface PreparedStrategy {
  /** Who takes part in a round, of those who took part before; default all. */
  readonly members?: (
    members: readonly number[],
    earlier: readonly EarlierRound[],
  ) => Awaitable<readonly number[]>;
  /** What a member is told behind its system message; default nothing. */
  readonly system?: (member: number) => Awaitable<string | undefined>;
  /** What every member is told behind the prompt; default nothing. */
  readonly request?: string | undefined;
  /** Finds the answer in a response, where the strategy compares answers. */
  readonly extract?: ((response: string) => Awaitable<string | null>) | undefined;
  /** True when no answer that is still to come can change what comes of the round; default never. */
  readonly isDecided?: (
    answers: readonly RoundAnswer[],
    outstanding: readonly StrategyMember[],
  ) => Awaitable<boolean>;
  /** Makes of the answers of a round what goes on; default: all of them do. */
  readonly select?: (
    answers: readonly RoundAnswer[],
    context: SelectContext,
  ) => Awaitable<Selection>;
  /** True while the strategy is not done, whatever the arbiter's confidence; default never. */
  readonly wantsRound?: (rounds: readonly EarlierRound[]) => Awaitable<boolean>;
}

/** With what a strategy is prepared. */
export interface PrepareStrategy {
  /** Its parameters with their defaults, checked. */
  readonly parameters: JsonObject;
  /** The models that its parameters name. */
  readonly models: Readonly<Record<string, Model>>;
  readonly members: readonly StrategyMember[];
  /** How the consortium finds answers in responses; null: by the default. */
  readonly extract: string | null;
  readonly seed: number;
}

/** A strategy as each folder beside this file exports it, and as a file of the user does. */
export interface Strategy {
  /** As users write it: that of its folder. */
  readonly name: string;
  /** What it does, as the end of a sentence. */
  readonly about: string;
  readonly parameters: readonly StrategyParameter[];
  /** True where it decides which answer it is, so that an arbiter is asked only about ties. Default false. */
  readonly decides?: boolean | undefined;
  /** True where the arbiter must rank the answers. Default false. */
  readonly ranks?: boolean | undefined;
  readonly prepare: (options: PrepareStrategy) => Awaitable<PreparedStrategy>;
}
