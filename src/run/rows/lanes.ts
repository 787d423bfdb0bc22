import type { LaneSetup, Pump } from '../../ask/index.ts';
import type { SimpleModel } from '../../core/model.ts';

/** A lane of a run. */
export interface OpenLane {
  readonly setup: LaneSetup;
  /** By what its answers are counted: its model as the user named it. */
  readonly reference: string;
}

/** Says how a model's lane in a user's group is made. */
export type DescribeLane = (model: SimpleModel, group: string | null) => OpenLane;

/** The lanes of a run, by model and group; one is opened when it is first asked for. */
export class Lanes {
  readonly #pump: Pump;
  readonly #describe: DescribeLane;
  readonly #numbers = new Map<string | null, Map<SimpleModel, number>>();
  readonly #opened: OpenLane[] = [];

  constructor(pump: Pump, describe: DescribeLane) {
    this.#pump = pump;
    this.#describe = describe;
  }

  /** The number of a model's lane in a group. */
  numberOf(model: SimpleModel, group: string | null): number {
    const ofGroup = this.#numbers.get(group) ?? new Map<SimpleModel, number>();
    this.#numbers.set(group, ofGroup);
    const known = ofGroup.get(model);
    if (known !== undefined) return known;
    const lane = this.#describe(model, group);
    const number = this.#pump.addLane(lane.setup);
    ofGroup.set(model, number);
    this.#opened.push(lane);
    return number;
  }

  get(number: number): OpenLane {
    return this.#opened[number]!;
  }

  get count(): number {
    return this.#opened.length;
  }

  get setups(): readonly LaneSetup[] {
    return this.#opened.map(({ setup }) => setup);
  }
}
