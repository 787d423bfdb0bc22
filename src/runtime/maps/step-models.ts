import { isComposite, type Model, type SimpleModel } from '../../core/model.ts';
import type { LaneTarget } from '../../experiment/index.ts';
import type { ChainPlan } from '../../map/index.ts';
import type { LaneDescription } from '../../run/index.ts';
import type { AskedMap } from './asked-map.ts';

/** The models of a chain's steps, each opened once, however many steps ask it. */
export class StepModels {
  readonly #chain: ChainPlan;
  readonly #references: readonly string[];
  readonly #lanes: ReadonlyMap<string, LaneTarget>;
  readonly #opening = new Map<string, Promise<Model>>();
  readonly #opened = new Map<string, Model>();

  constructor(
    chain: ChainPlan,
    { references }: Pick<AskedMap, 'references'>,
    all: readonly LaneTarget[],
  ) {
    this.#chain = chain;
    this.#references = references;
    this.#lanes = new Map(all.map((lane) => [lane.reference, lane]));
  }

  /** Connects to a model, or gives it where it is there already. */
  open(reference: string): Promise<Model> {
    const opening =
      this.#opening.get(reference) ??
      this.#lanes
        .get(reference)!
        .open()
        .then((model) => {
          this.#opened.set(reference, model);
          return model;
        });
    this.#opening.set(reference, opening);
    return opening;
  }

  /** Connects to all. */
  async openAll(): Promise<void> {
    await Promise.all([...this.#lanes.keys()].map((reference) => this.open(reference)));
  }

  /** The models that the steps ask for the rows of a model, once all are opened. @param entry the number of the rows' model */
  of(entry: number): readonly Model[] {
    return this.#named(entry).map((reference) => this.#opened.get(reference)!);
  }

  /** How they are asked, without connecting to any: such models are asked nothing. */
  described(entry: number): readonly Model[] {
    return this.#named(entry).map((reference) => asDescribed(this.#lanes.get(reference)!));
  }

  /** How the lane of a step's model is made; undefined for what is none. */
  laneOf(model: SimpleModel): LaneDescription | undefined {
    for (const [reference, opened] of this.#opened) {
      if (opened === model && !isComposite(opened)) return this.#lanes.get(reference);
    }
    return undefined;
  }

  #named(entry: number): readonly string[] {
    return this.#chain.steps.map(({ reference }) => reference ?? this.#references[entry]!);
  }
}

function asDescribed({ reference, severalChoices, isComposite: hasParts }: LaneTarget): Model {
  const never = async () => Promise.reject(new Error('this model is only a description'));
  return hasParts
    ? { reference, severalChoices: false, models: [], workflow: never }
    : { reference, severalChoices, generate: never };
}
