import { parseExactJson } from '../../core/exact-json.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Model } from '../../core/model.ts';
import type { CountedRows } from '../counted-rows.ts';
import type { MapRow } from '../map-rows.ts';
import { membersOf, objectText, withNew, withReplaced } from '../members.ts';
import type { ChainRows } from '../output-table.ts';
import { openDedupe, type RowDedupe } from '../row-dedupe.ts';
import { NO_YIELD, type RowYield, yieldOf } from '../row-yield.ts';
import type { ChainNode } from './chain-node.ts';
import { type ChainPlan, chainColumns } from './chain-plan.ts';
import { type StepCame, traceChain } from './chain-trace.ts';

/** The models of a chain's steps, for the rows of each model. */
export type StepModels = (entry: number) => readonly Model[];

/** Makes the rows of a chain's output, in the order of the input. Goes through the rows once: what repeats is forgotten then. */
export class ChainOutput implements ChainRows {
  readonly #chain: ChainPlan;
  readonly #models: StepModels;
  readonly #dedupes: ReadonlyMap<number, RowDedupe>;
  /** Columns of which a row that has gone no further has nulls. */
  readonly #made: readonly string[];

  private constructor(
    chain: ChainPlan,
    models: StepModels,
    dedupes: ReadonlyMap<number, RowDedupe>,
  ) {
    this.#chain = chain;
    this.#models = models;
    this.#dedupes = dedupes;
    const exploded = new Set(chain.steps.map(({ explode }) => explode));
    this.#made = chainColumns(chain).made.filter((name) => !exploded.has(name));
  }

  static async open(chain: ChainPlan, models: StepModels): Promise<ChainOutput> {
    return new ChainOutput(chain, models, await openDedupes(chain));
  }

  async *rowsOf(from: MapRow, counted: CountedRows): AsyncGenerator<string, void, void> {
    const { text, end, asks, isSkipped } = from;
    const row = parseExactJson(text) as JsonObject;
    if (end === null || asks === undefined) {
      counted.add({ ...NO_YIELD, state: isSkipped ? 'skipped' : 'unasked' });
      if (isSkipped) this.#count(counted);
      yield this.#textOf(text, row, null);
      return;
    }
    const flags = new RowFlags();
    const tracing = {
      chain: this.#chain,
      models: this.#models(asks.entry),
      isNew: (step: number, node: ChainNode) => this.#dedupes.get(step)!.isNew(node.row),
      onStep: (step: number, came: StepCame) => {
        flags.add(came.came);
        addStep(this.#count(counted)[step]!, came);
      },
    };
    for await (const node of traceChain(tracing, row, await asks.answers(), end)) {
      yield this.#textOf(text, row, node);
    }
    counted.add(flags.of(yieldOf(end, this.#chain.steps[0]!.plan)));
  }

  async close(): Promise<void> {
    for (const dedupe of this.#dedupes.values()) await dedupe.close?.();
  }

  #count(counted: CountedRows) {
    if (counted.steps.length === 0) {
      for (const { plan } of this.#chain.steps) {
        counted.steps.push({ name: plan.name, in: 0, out: 0, failed: 0, dropped: 0 });
      }
    }
    return counted.steps;
  }

  /** The row with what was made of it, and nulls for what was not. */
  #textOf(text: string, row: JsonObject, node: ChainNode | null): string {
    const made = new Map(node?.made);
    for (const name of this.#made) if (!made.has(name)) made.set(name, null);
    const members = [...made].map(([name, value]) => ({ name, value: JSON.stringify(value) }));
    const gone = node?.gone;
    const isLess = gone !== undefined && [...gone].some((name) => Object.hasOwn(row, name));
    const base = isLess ? objectText(membersOf(text).filter(({ name }) => !gone.has(name))) : text;
    const replaces = members.some(({ name }) => Object.hasOwn(row, name));
    return replaces ? withReplaced(base, members) : withNew(base, members);
  }
}

/** What finds repeats, by the number of the step. */
export async function openDedupes({ steps }: ChainPlan): Promise<ReadonlyMap<number, RowDedupe>> {
  const dedupes = new Map<number, RowDedupe>();
  for (const [step, { distinct }] of steps.entries()) {
    if (distinct !== null) dedupes.set(step, await openDedupe(distinct));
  }
  return dedupes;
}

function addStep(counts: CountedRows['steps'][number], { came, out, dropped }: StepCame): void {
  counts.in++;
  counts.out += out;
  counts.dropped += dropped;
  if (came.state === 'failed') counts.failed++;
}

/** What is true of a row where it is of any of its steps. */
class RowFlags {
  #isRepaired = false;
  #isTruncated = false;
  #isEmpty = false;
  #droppedKeys = 0;

  add({ isRepaired, isTruncated, isEmpty, droppedKeys }: RowYield): void {
    this.#isRepaired ||= isRepaired;
    this.#isTruncated ||= isTruncated;
    this.#isEmpty ||= isEmpty;
    this.#droppedKeys += droppedKeys;
  }

  of({ state, isPartial, isInvalid }: RowYield): RowYield {
    return {
      ...{ state, isPartial, isInvalid, rows: [] },
      ...{ isRepaired: this.#isRepaired, isTruncated: this.#isTruncated },
      ...{ isEmpty: this.#isEmpty, droppedKeys: this.#droppedKeys },
    };
  }
}
