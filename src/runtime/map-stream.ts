import type { JsonObject } from '../core/json.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { UNKNOWN_USAGE, type Usage } from '../core/usage.ts';
import type { MapCounts } from '../map/index.ts';
import type { MapFailure, MapTotals } from './map-totals.ts';
import type { Mapping, MappingOptions } from './mapping.ts';
import type { Engine } from './open-engine.ts';

/** How rows that a program has are mapped, and through which engine. */
export interface MapStreamOptions extends MappingOptions {
  readonly open: () => { readonly engine: Engine; readonly isOwn: boolean };
}

const NO_COUNTS: MapCounts = {
  ...{ in: 0, answered: 0, failed: 0, skipped: 0, out: 0, asks: 0, reasked: 0 },
  ...{ repaired: 0, truncated: 0, partial: 0, invalid: 0, empty: 0, dropped: 0 },
};

/** Rows that a program has on their way through a map, which is loaded when they are read; read once. */
export class MapStream implements AsyncIterable<unknown>, MapTotals {
  readonly #rows: AsyncIterable<JsonObject>;
  readonly #options: MapStreamOptions;
  #mapping: Mapping | undefined;
  #started = false;

  constructor(rows: AsyncIterable<JsonObject>, options: MapStreamOptions) {
    this.#rows = rows;
    this.#options = options;
  }

  get usage(): Usage {
    return this.#mapping?.usage ?? UNKNOWN_USAGE;
  }

  get costUsd(): number | null {
    return this.#mapping?.costUsd ?? null;
  }

  get counts(): MapCounts {
    return this.#mapping?.counts ?? NO_COUNTS;
  }

  get failures(): readonly MapFailure[] {
    return this.#mapping?.failures ?? [];
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void, void> {
    if (this.#started) {
      throw new TuttiError('bad_usage', 'a map is read once', {
        hint: 'Keep its rows in a list, or map them again.',
      });
    }
    this.#started = true;
    const { Mapping } = await import('./mapping.ts');
    const { engine, isOwn } = this.#options.open();
    this.#mapping = new Mapping(this.#rows, this.#options, engine);
    try {
      yield* this.#mapping;
    } finally {
      if (isOwn) await engine[Symbol.asyncDispose]();
    }
  }
}
