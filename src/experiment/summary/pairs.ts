// Apart from the folder's own index, which has all that rates models: runs load this.
import { holmAdjusted } from '../../ranking/claims/holm.ts';
import { comparePaired } from '../../ranking/paired/index.ts';
import type { Judged, PairAggregate } from './aggregates.ts';
import type { UnitSeries } from './unit-series.ts';

/** The values of a model that is compared. */
export interface ComparedSeries extends Judged {
  readonly key: string;
  readonly model: string;
  readonly units: UnitSeries;
}

/**
 * Compares models by the units that both have answered. The p-values of a key, judge and template are adjusted
 * together.
 *
 * @param compare lists of models, of each of which all pairs are compared; empty: of all models
 */
export function pairsOf(
  series: readonly ComparedSeries[],
  compare: readonly (readonly string[])[],
): PairAggregate[] {
  const families = Map.groupBy(series, ({ key, judge, template }) =>
    JSON.stringify([key, judge, template]),
  );
  return [...families.values()].flatMap((family) => adjusted(familyPairs(family, compare)));
}

function familyPairs(
  family: readonly ComparedSeries[],
  compare: readonly (readonly string[])[],
): Omit<PairAggregate, 'pHolm'>[] {
  return family.flatMap((a, at) =>
    family
      .slice(at + 1)
      .filter((b) => isCompared(a.model, b.model, compare))
      .map((b) => {
        const [first, second] = isReversed(a.model, b.model, compare) ? [b, a] : [a, b];
        const { key, judge, template } = first;
        return {
          ...{ key, a: first.model, b: second.model },
          ...(judge !== undefined && { judge }),
          ...(template !== undefined && { template }),
          ...comparePaired(first.units.means(second.units), second.units.means(first.units)),
        };
      }),
  );
}

function isCompared(a: string, b: string, compare: readonly (readonly string[])[]): boolean {
  return compare.length === 0 || compare.some((models) => models.includes(a) && models.includes(b));
}

/** What is named first is compared with what is named behind it. */
function isReversed(a: string, b: string, compare: readonly (readonly string[])[]): boolean {
  const models = compare.find((one) => one.includes(a) && one.includes(b));
  return models !== undefined && models.indexOf(b) < models.indexOf(a);
}

function adjusted(pairs: readonly Omit<PairAggregate, 'pHolm'>[]): PairAggregate[] {
  const tested = pairs.flatMap(({ p }) => (p === null ? [] : [p]));
  const values = holmAdjusted(Float64Array.from(tested), tested.length)[Symbol.iterator]();
  return pairs.map(({ method, ...pair }) => ({
    ...pair,
    pHolm: pair.p === null ? null : values.next().value!,
    method,
  }));
}
