import { mention } from '../../core/option-mention.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { requireComparable } from '../input/comparable.ts';
import { davidsonOutcome } from '../likelihood/davidson-outcome.ts';
import { maximiseLists } from '../lists/fit-lists.ts';
import { listErrors } from '../lists/list-errors.ts';
import { type OrderedLists, orderedLists } from '../lists/ordered-lists.ts';
import { type ListStart, refitLists } from '../lists/refit-lists.ts';
import { centred, strengths } from './likelihood-fit.ts';
import type { RatingMethod } from './rating-method.ts';

/** Ordered lists as a whole, with ties: each list is one observation and not as many as it has pairs. */
export const method: RatingMethod = {
  name: 'plackett-luce',
  about:
    'Ordered lists as rows of choices: P(S is best) = f(S) / sum of f, f = δ times the geometric mean of strengths; sum to 1.',
  ratings: 'strengths',
  likelihood: 'lists',
  side: false,
  lossForBoth: false,
  iterationLimit: 100,
  ties: { outcome: davidsonOutcome, scale: 1, none: 0 },
  rescoring: {
    reads: 'rows',
    judges: false,
    rescorer:
      ({ options, start }) =>
      (times) =>
        refitLists(start as ListStart, options.prior, times),
  },
  fit(data, options) {
    const { table, games } = data;
    const lists = orderedLists(table);
    if (options.prior === 0) requireComparable(table.items, games, true);
    requireSingleChoices(lists);
    const objective = {
      lists,
      weight: Float64Array.from(lists.lists, ({ weight }) => weight),
      prior: options.prior,
    };
    const maximum = maximiseLists(objective, options);
    const { parameters, inverse, ...reported } = maximum;
    if (inverse === null) {
      throw new TuttiError('not_comparable', 'The lists do not determine the strengths.', {
        hint: `Use ${mention('prior', 0.5)}, or more lists.`,
      });
    }
    const own = parameters.subarray(0, lists.items);
    const deltas = lists.tieSizes.map((size, at) => ({
      name: `delta${size}`,
      value: Math.exp(parameters[lists.items + at]!),
    }));
    return {
      ...reported,
      scores: strengths(own),
      likelihood: null,
      errors: listErrors(table, objective, maximum, inverse),
      start: { lists, parameters } satisfies ListStart,
      logStrengths: centred(own),
      ...(deltas[0] && { ties: deltas[0] }),
      notes: deltas.slice(1).map(({ name, value }) => `Ties: ${name} = ${value.toPrecision(5)}.`),
      problems: [],
    };
  },
};

/** @throws TuttiError `not_comparable` when all choices are ties, so that δ has no finite value. */
function requireSingleChoices({ lists }: OrderedLists): void {
  const single = lists.some(({ groups }) =>
    groups.some((group, at) => group.length === 1 && at < groups.length - 1),
  );
  if (single) return;
  throw new TuttiError('not_comparable', 'Every list is one tie from top to bottom.', {
    hint: 'Ties need some decisive places to be measured against; bradley-terry rates all the same.',
  });
}
