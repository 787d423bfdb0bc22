import type { Answer } from '../../core/answer.ts';
import type { JsonValue } from '../../core/json.ts';
import type { Question } from '../../core/workflow.ts';
import type { Selection, Strategy, StrategyMember } from '../../panel/index.ts';

/** The functions of a strategy that may be called in its thread. */
export type StrategyMethod =
  | 'members'
  | 'system'
  | 'extract'
  | 'isDecided'
  | 'select'
  | 'wantsRound';

/** What a strategy exports besides its functions. */
export type LoadedStrategy = Pick<Strategy, 'about' | 'parameters' | 'decides' | 'ranks'>;

/** With what a strategy is prepared: models are known by their references. */
export interface PrepareOrder {
  readonly prepare: {
    readonly parameters: JsonValue;
    readonly models: Readonly<Record<string, string>>;
    readonly members: readonly StrategyMember[];
    readonly extract: string | null;
    readonly seed: number;
  };
}

/** What the thread is asked: one thing after the other. */
export type StrategyOrder =
  | PrepareOrder
  | { readonly call: StrategyMethod; readonly given: readonly unknown[] }
  /** What a model said that a strategy asked while it selects. */
  | { readonly asked: number; readonly answer: Answer };

/** What a strategy chose, its answers by their numbers among those given. */
export interface NumberedSelection extends Omit<Selection, 'kept' | 'winners'> {
  readonly kept: readonly number[];
  readonly winners?: readonly number[] | undefined;
}

/** What the thread says. */
export type StrategyMessage =
  | { readonly loaded: LoadedStrategy }
  | { readonly prepared: readonly StrategyMethod[]; readonly request: string | undefined }
  | { readonly value: unknown }
  | { readonly problem: string; readonly hint?: string }
  /** A call that a strategy makes while it selects: of a model that one of its parameters names. */
  | {
      readonly ask: number;
      readonly name: string;
      readonly model: string;
      readonly question: Question;
      readonly optional: boolean;
    };
