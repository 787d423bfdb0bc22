import type { JsonObject } from '../core/json.ts';
import type { Model } from '../core/model.ts';
import type { MediaTarget } from '../media/index.ts';
import type { TurnsDescription } from '../run/index.ts';
import type { Limits } from '../scheduler/index.ts';
import type { ExperimentRow, ModelSelector } from './row/experiment-row.ts';
import type { Problem } from './row/problem.ts';

/** What a row's model turned out to be. */
export interface LaneTarget {
  /** The model as the row names it, such as `openai/gpt-5` or an alias. */
  readonly reference: string;
  /** What the name stands for today, such as `openai/gpt-5`: a run is not resumed when this has changed. */
  readonly resolvedReference: string;
  /** What the lane is called in the progress view. */
  readonly name: string;
  /** The limiters that the lane counts against; lanes share those that have the same name. */
  readonly limiters: readonly { readonly name: string; readonly limits: Limits }[];
  /** True when nobody has set how many calls may be in flight: it starts with few. Default false. */
  readonly startsSlowly?: boolean;
  /** Given where the models of its server take turns. */
  readonly turns?: TurnsDescription | undefined;
  /** The group of its rows; null without one. */
  readonly group: string | null;
  /** True when one request can carry several choices. */
  readonly severalChoices: boolean;
  /** Says what differs where prompto sends such a row otherwise; absent: it never does. */
  readonly unlikePrompto?: (
    row: Pick<ExperimentRow, 'promptForm' | 'safetyFilter'>,
  ) => readonly string[];
  /** True for several models behind one name; it has no lane of its own. Default false. */
  readonly isComposite?: boolean;
  /** Of such a one, the calls of its simple models when it is asked once; absent: it is one call. */
  readonly parts?: readonly PartCalls[];
  /** Says what of a row's messages the model's API cannot be told; absent: it can be told all. */
  readonly refuses?: (row: Pick<ExperimentRow, 'turns' | 'mode'>) => TargetProblem | null;
  /** The parameter that says what a schema says, where one of these does; absent: none of this model can. */
  readonly schemaParameter?: (parameters: JsonObject) => string | undefined;
  /** What the model's API can be told besides text; absent: its rows go as they are written. */
  readonly media?: MediaTarget;
  /** Connects to the model. Called once, when the run starts. */
  readonly open: () => Promise<Model>;
}

/** The calls of a simple model that is a part of a composite one, for one ask of that. */
export interface PartCalls
  extends Pick<LaneTarget, 'name' | 'resolvedReference' | 'limiters' | 'turns' | 'open'> {
  readonly least: number;
  readonly most: number;
  /** Answers of other parts that each of its calls reads. */
  readonly answersRead: number;
}

/** Why a row's model cannot be used. */
export type TargetProblem = Pick<Problem, 'message' | 'hint'>;

/** Finds the model of a row. Pure: it opens nothing. */
export type FindTarget = (selector: ModelSelector) => LaneTarget | TargetProblem;

const MAX_LANES = 65_536;
/** Names whose target is remembered: the lanes, aliases of them, and models that cannot be used. */
const MAX_KNOWN = 4 * MAX_LANES;

const TOO_MANY_LANES: TargetProblem = {
  message: `the experiment has more than ${MAX_LANES} models and groups`,
  hint: 'divide it into several files',
};

/** Gathers the lanes of an experiment while its rows are read: one for each model and group. */
export class LanePlan {
  readonly #findTarget: FindTarget;
  readonly #targets: LaneTarget[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #known = new Map<string, number | TargetProblem>();
  readonly #resolvedReferences = new Map<string, string>();
  /** The row before has most often the same one. */
  #last: { readonly selector: ModelSelector; readonly lane: number } | undefined;

  constructor(findTarget: FindTarget) {
    this.#findTarget = findTarget;
  }

  /** The lanes so far, in the order in which their first rows came. */
  get lanes(): readonly LaneTarget[] {
    return this.#targets;
  }

  /** What every name in the experiment stands for today. */
  get resolvedReferences(): ReadonlyMap<string, string> {
    return this.#resolvedReferences;
  }

  /** The number of the lane of a row, or why it has none. */
  laneOf(selector: ModelSelector): number | TargetProblem {
    if (this.#last !== undefined && isSame(this.#last.selector, selector)) return this.#last.lane;
    const lane = this.#find(selector);
    if (typeof lane === 'number') this.#last = { selector, lane };
    return lane;
  }

  #find(selector: ModelSelector): number | TargetProblem {
    const key = keyOf(selector);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const target = this.#findTarget(selector);
    const lane = 'message' in target ? target : this.#laneFor(target, selector.group);
    if (this.#known.size < MAX_KNOWN) this.#known.set(key, lane);
    return lane;
  }

  /** An alias and the reference that it stands for share a lane. */
  #laneFor(target: LaneTarget, group: string | null): number | TargetProblem {
    const key = JSON.stringify([target.resolvedReference, group]);
    const number = this.#numbers.get(key) ?? this.#targets.length;
    if (number === MAX_LANES) return TOO_MANY_LANES;
    if (number === this.#targets.length) {
      this.#targets.push(target);
      this.#numbers.set(key, number);
    }
    this.#resolvedReferences.set(target.reference, target.resolvedReference);
    return number;
  }
}

function isSame(one: ModelSelector, other: ModelSelector): boolean {
  return (
    one.reference === other.reference &&
    one.api === other.api &&
    one.modelName === other.modelName &&
    one.group === other.group
  );
}

/** Names a selector, in a way that is quick enough for every row; the lengths keep its parts apart. */
function keyOf({ reference, api, modelName, group }: ModelSelector): string {
  const pair = `${api?.length}:${api}${modelName === null ? '' : `/${modelName}`}`;
  const model = reference === null ? pair : `=${reference}`;
  return group === null ? `-${model}` : `${group.length}:${group}${model}`;
}
