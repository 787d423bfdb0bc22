import type { Model } from '../core/model.ts';
import type { Limits } from '../scheduler/index.ts';
import type { Problem } from './problem.ts';
import type { ModelSelector } from './row/experiment-row.ts';

/** What a row's model turned out to be. */
export interface LaneTarget {
  /** The model as the row names it, such as `openai/gpt-5` or an alias. */
  readonly reference: string;
  /** What the name stands for today, such as `openai/gpt-5`: a run is not resumed when this has changed. */
  readonly sentTo: string;
  /** What the lane is called in the progress view. */
  readonly name: string;
  /** The limiters that the lane counts against; lanes share those that have the same name. */
  readonly limiters: readonly { readonly name: string; readonly limits: Limits }[];
  /** True when one request can carry several choices. */
  readonly severalChoices: boolean;
  /** Connects to the model. Called once, when the run starts. */
  readonly open: () => Promise<Model>;
}

/** Why a row's model cannot be used. */
export type TargetProblem = Pick<Problem, 'message' | 'hint'>;

/** Finds the model of a row. Pure: it opens nothing. */
export type FindTarget = (selector: ModelSelector) => LaneTarget | TargetProblem;

/** Gathers the lanes of an experiment while its rows are read: one for each model and group. */
export class LanePlan {
  readonly #findTarget: FindTarget;
  readonly #targets: LaneTarget[] = [];
  readonly #known = new Map<string, number | TargetProblem>();

  constructor(findTarget: FindTarget) {
    this.#findTarget = findTarget;
  }

  /** The lanes so far, in the order in which their first rows came. */
  get lanes(): readonly LaneTarget[] {
    return this.#targets;
  }

  /** The number of the lane of a row, or why it has none. */
  laneOf(selector: ModelSelector): number | TargetProblem {
    const { reference, api, modelName, group } = selector;
    const key = JSON.stringify([reference, api, modelName, group]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const target = this.#findTarget(selector);
    const lane = 'message' in target ? target : this.#laneFor(target, group);
    this.#known.set(key, lane);
    return lane;
  }

  /** An alias and the reference that it stands for share a lane. */
  #laneFor(target: LaneTarget, group: string | null): number {
    const key = `lane ${JSON.stringify([target.reference, target.name, group])}`;
    const known = this.#known.get(key);
    if (typeof known === 'number') return known;
    this.#targets.push(target);
    this.#known.set(key, this.#targets.length - 1);
    return this.#targets.length - 1;
  }
}
