import { centre } from '../likelihood/newton.ts';
import { maximiseLists } from './fit-lists.ts';
import type { OrderedLists } from './ordered-lists.ts';

const ROUND_TOLERANCE = 1e-7;
const ROUND_ITERATIONS = 50;
const RESCUE_PRIOR = 0.5;
/** Beyond this many units of log odds a strength is on its way to infinity. */
const RUNAWAY = 15;

/** What refits of ordered lists begin from; plain data. */
export interface ListStart {
  readonly lists: OrderedLists;
  readonly parameters: Float64Array;
}

/**
 * Refits resampled lists.
 *
 * @param times how often each row of the table was drawn; all rows of a list are drawn together.
 */
export function refitLists(
  { lists, parameters }: ListStart,
  prior: number,
  times: Float64Array,
): { values: Float64Array; degenerate: boolean } {
  const weight = Float64Array.from(lists.lists, (list) => list.weight * times[list.row]!);
  const options = { tolerance: ROUND_TOLERANCE, iterationLimit: ROUND_ITERATIONS };
  const values = (found: Float64Array) => {
    const own = found.slice(0, lists.items);
    centre(own, own.length);
    return own;
  };
  const fit = maximiseLists({ lists, weight, prior }, { ...options, start: parameters });
  const finite = fit.parameters.every((one) => Math.abs(one) < RUNAWAY);
  if (fit.converged && finite && (prior > 0 || hasAll(lists, weight))) {
    return { values: values(fit.parameters), degenerate: false };
  }
  const rescued = maximiseLists(
    { lists, weight, prior: Math.max(prior, RESCUE_PRIOR) },
    { ...options, start: parameters },
  );
  return { values: values(rescued.parameters), degenerate: true };
}

function hasAll({ items, lists }: OrderedLists, weight: Float64Array): boolean {
  const seen = new Uint8Array(items);
  lists.forEach(({ groups }, at) => {
    if (weight[at]! > 0) for (const group of groups) for (const item of group) seen[item] = 1;
  });
  return !seen.includes(0);
}
