import type { ComparisonTable } from '../../core/comparison-table.ts';
import { fitStrengthsAndTerm, logistic } from '../agreement/nuisance-strengths.ts';
import { addUpRows, termRows } from '../agreement/term-rows.ts';
import type { PairSpace } from './pair-space.ts';

/** What is known of the items before the next pair is chosen. */
export interface CandidateCovariance {
  /** Covariance of the strengths relative to their mean, items x items. */
  readonly covariance: Float64Array;
  /** p(1 - p) of each pair of items. */
  readonly weight: Float64Array;
}

/**
 * Fits Bradley-Terry to what has been compared, with half a virtual win and half a virtual loss for
 * each item, so that items without any comparison have a finite, large variance.
 */
export function candidateCovariance(
  space: PairSpace,
  table: ComparisonTable | null,
): CandidateCovariance {
  const size = space.items.length;
  const { items, inverse, strengths } = fitOf(space, table);
  const known = new Map(items.map((item, place) => [item, place]));
  const places = space.items.map((item) => known.get(item)!);
  const width = items.length + 1;
  const covariance = new Float64Array(size * size);
  const weight = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      covariance[a * size + b] = inverse[places[a]! * width + places[b]!]!;
      const p = logistic(strengths[places[a]!]! - strengths[places[b]!]!);
      weight[a * size + b] = p * (1 - p);
    }
  }
  centre(covariance, size);
  return { covariance, weight };
}

/** Items of the comparisons first, then those that have none yet. */
function fitOf(space: PairSpace, table: ComparisonTable | null) {
  const compared = new Set(table?.items);
  const items = [...compared, ...space.items.filter((item) => !compared.has(item))];
  const none = new Float64Array(0);
  const rows = table
    ? addUpRows(termRows(table, new Float64Array(table.rows)), items.length)
    : { count: 0, left: [], right: [], outcome: none, z: none, weight: none };
  const fit = fitStrengthsAndTerm(rows, items.length);
  if (!fit) throw new RangeError('a fit with a prior on every item did not settle');
  return { items, inverse: fit.inverse, strengths: fit.strengths };
}

function centre(matrix: Float64Array, size: number): void {
  for (const step of [1, size]) {
    const other = step === 1 ? size : 1;
    for (let line = 0; line < size; line++) {
      let mean = 0;
      for (let k = 0; k < size; k++) mean += matrix[line * other + k * step]! / size;
      for (let k = 0; k < size; k++) matrix[line * other + k * step]! -= mean;
    }
  }
}
