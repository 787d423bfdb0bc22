import { parseExactJson } from '../../core/exact-json.ts';
import type { JsonObject } from '../../core/json.ts';
import type { ChainNode } from '../../map/chain/index.ts';
import { openDedupes, traceChain } from '../../map/chain/index.ts';
import { type ChainPlan, MapRows, type MapTable } from '../../map/index.ts';
import type { RunFolder } from '../../store/index.ts';
import type { StepModels } from './step-models.ts';

/** The steps behind which all rows wait for each other, and which rows go on from there. */
export class ChainBarriers {
  readonly #chain: ChainPlan;
  readonly #models: StepModels;
  /** Steps behind which it is not known yet, in order. */
  readonly #ahead: number[];
  /** Repeats, by step: the paths in each row. */
  readonly #repeats = new Map<number, Map<number, Set<string>>>();

  constructor(chain: ChainPlan, models: StepModels) {
    this.#chain = chain;
    this.#models = models;
    this.#ahead = [...chain.steps.keys()].filter(
      (step) => step + 1 < chain.steps.length && chain.steps[step]!.distinct !== null,
    );
  }

  /** Says which of a row's children go on from a step; null where that is not known yet. */
  goesOn(step: number, row: number): ((node: ChainNode) => boolean) | null {
    if (this.#ahead.includes(step)) return null;
    const repeats = this.#repeats.get(step)?.get(row);
    return ({ path }) => repeats?.has(path) !== true;
  }

  /** Compares the rows behind the next such step, all of which are there. False where there is none. */
  async pass(folder: RunFolder, table: MapTable, rows?: readonly number[]): Promise<boolean> {
    const next = this.#ahead.shift();
    if (next === undefined) return false;
    const repeats = new Map<number, Set<string>>();
    const dedupes = await openDedupes(this.#chain);
    try {
      for await (const { text, end, asks } of new MapRows(folder, table, rows, true)) {
        if (asks === undefined) continue;
        const { row, entry } = asks;
        const tracing = {
          chain: this.#chain,
          models: this.#models.described(entry),
          isNew: async (step: number, node: ChainNode) => {
            const isNew = await dedupes.get(step)!.isNew(node.row);
            if (isNew || step !== next) return isNew;
            repeats.set(row, (repeats.get(row) ?? new Set()).add(node.path));
            return false;
          },
        };
        const traced = traceChain(
          tracing,
          parseExactJson(text) as JsonObject,
          await asks.answers(),
          end,
        );
        for await (const _ of traced);
      }
    } finally {
      for (const dedupe of dedupes.values()) await dedupe.close?.();
    }
    this.#repeats.set(next, repeats);
    return true;
  }
}
