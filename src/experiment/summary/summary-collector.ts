import { meanOfUnits } from '../../ranking/paired/index.ts';
import { IdIndex } from '../row/id-index.ts';
import type { Aggregates, Judged, ScoreAggregate, Sensitivity } from './aggregates.ts';
import { pairsOf } from './pairs.ts';
import { UnitSeries, type ValueKind } from './unit-series.ts';

/** The value of a row: true and false are 1 and 0, null is none, a text a label, of which there is no mean. */
export type RowValue = number | boolean | string | null;

/** A row with its values. */
export interface SummaryRow extends Judged {
  readonly model: string;
  /** Null without one. */
  readonly group: string | null;
  /** What is answered, in whatever wording; null: the row stands for itself. */
  readonly unit: string | null;
  /** By key, the values of its samples: one of a row that was asked once, none or null of one without a score. */
  readonly values: ReadonlyMap<string, readonly RowValue[]>;
  /** True for points on a scale, which are no shares where they happen to be 0 and 1; default false. */
  readonly isScale?: boolean;
}

/** What is gathered for one key and model. */
export interface Series extends Judged {
  readonly key: string;
  readonly model: string;
  readonly group: string | null;
  readonly units: UnitSeries;
  /** Sums of the counts of a score that all texts have together. */
  readonly counts: number[];
}

/** How a summary is made. */
export interface SummaryOptions {
  /** Lists of models of which pairs are compared; empty: all with all. */
  readonly compare?: readonly (readonly string[])[];
  /** By key, the score of all texts from the sums of their counts. */
  readonly corpus?: ReadonlyMap<string, (sums: readonly number[]) => number>;
}

/** Gathers the values of rows, and says what they tell of the models. Memory grows with units, not with texts. */
export class SummaryCollector {
  readonly #series = new Map<string, Series>();
  readonly #kinds = new Map<string, ValueKind>();
  readonly #unitIds = new IdIndex();
  /** Of all rows, and by group: each has numbers of its own, so that its columns have no room for units of others. */
  readonly #units = new Map<string | null, { readonly scope: number; count: number }>();

  /** Takes a row into account. @param counts by key, what each of its texts adds to the score of all */
  add(row: SummaryRow, counts?: ReadonlyMap<string, readonly (readonly number[])[]>): void {
    const groups = row.group === null ? [null] : [null, row.group];
    const places = groups.map((group) => ({ group, unit: this.#numberOf(row.unit, group) }));
    for (const [key, values] of row.values) {
      if (values.some((value) => typeof value === 'string')) continue;
      const numbers = values.filter((value) => value !== null).map(Number);
      for (const { group, unit } of places) {
        const series = this.#seriesOf(key, row, group);
        series.units.add(unit, numbers);
        for (const one of counts?.get(key) ?? []) addTo(series.counts, one);
      }
    }
  }

  /** Models in the order in which they came. */
  get models(): readonly string[] {
    return [...new Set([...this.#series.values()].map(({ model }) => model))];
  }

  /** What the rows so far tell. */
  aggregates({ compare = [], corpus }: SummaryOptions = {}): Aggregates {
    // By key, as the first row has them, not by model.
    const all = [...Map.groupBy(this.#series.values(), ({ key }) => key).values()].flat();
    const overall = all.filter(({ group }) => group === null);
    const grouped = all.filter(({ group }) => group !== null);
    return {
      scores: [...overall, ...grouped].map((series) => scoreOf(series, corpus)),
      pairs: pairsOf(overall, compare),
      sensitivity: overall.flatMap(sensitivityOf),
    };
  }

  #numberOf(unit: string | null, group: string | null): number {
    const units = this.#units.get(group) ?? { scope: this.#units.size, count: 0 };
    this.#units.set(group, units);
    const before =
      unit === null ? undefined : this.#unitIds.add(unit, units.count + 1, units.scope);
    return before === undefined ? units.count++ : before - 1;
  }

  #kindOf(key: string, { judge, template, isScale = false }: SummaryRow): ValueKind {
    const name = JSON.stringify([key, judge, template]);
    const kind = this.#kinds.get(name) ?? { isBinary: !isScale };
    this.#kinds.set(name, kind);
    return kind;
  }

  #seriesOf(key: string, row: SummaryRow, group: string | null): Series {
    const { model, judge, template } = row;
    const name = JSON.stringify([key, model, group, judge, template]);
    let series = this.#series.get(name);
    if (series === undefined) {
      const judged = {
        ...(judge !== undefined && { judge }),
        ...(template !== undefined && { template }),
      };
      const units = new UnitSeries(this.#kindOf(key, row));
      series = { key, model, group, ...judged, units, counts: [] };
      this.#series.set(name, series);
    }
    return series;
  }
}

function scoreOf(
  { key, model, group, units, counts, ...judged }: Series,
  scores: SummaryOptions['corpus'],
): ScoreAggregate {
  const { mean, low, high, method } = meanOfUnits(units.means());
  const corpus = counts.length > 0 ? scores?.get(key)?.(counts) : undefined;
  return {
    ...{ key, model, group, ...judged },
    ...{ rows: units.rows, missing: units.missing, units: units.units, mean, low, high },
    ...(corpus !== undefined && { corpus }),
    method,
  };
}

function addTo(sums: number[], counts: readonly number[]): void {
  for (const [at, count] of counts.entries()) sums[at] = (sums[at] ?? 0) + count;
}

function sensitivityOf({
  key,
  model,
  group: _,
  units,
  counts: __,
  ...judged
}: Series): Sensitivity[] {
  if (units.spread === undefined) return [];
  const { units: originals, meanRange, meanSd, differingShare } = units.spread.summary();
  const flipShare = units.isBinary ? differingShare : null;
  return [{ key, model, ...judged, originals, meanRange, meanSd, flipShare }];
}
