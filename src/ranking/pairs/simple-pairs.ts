import { nearestName } from '../../core/nearest-name.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { PairSpace, UnsidedPair } from './pair-space.ts';

/** Above this many pairs `all` refuses: nobody judges them, and they would fill the memory. */
const MAX_PAIRS = 5_000_000;

/** Every pair of items under every prompt. @throws TuttiError `too_many_items` above `MAX_PAIRS`. */
export function allPairs(space: PairSpace): UnsidedPair[] {
  const count = space.prompts.reduce(
    (sum, { members: { length } }) => sum + (length * (length - 1)) / 2,
    0,
  );
  if (count > MAX_PAIRS) {
    throw new TuttiError('too_many_items', `All pairs would be ${count}, more than ${MAX_PAIRS}.`, {
      hint: 'Choose some of them: the strategy balanced with a count.',
    });
  }
  return space.prompts.flatMap(({ members }, prompt) =>
    members.flatMap((b, place) => members.slice(0, place).map((a) => ({ prompt, a, b }))),
  );
}

/**
 * Every item against one, under every prompt that the baseline has answered.
 *
 * @throws TuttiError `bad_input` when no item has that name.
 */
export function baselinePairs(space: PairSpace, baseline: string): UnsidedPair[] {
  const a = space.items.indexOf(baseline);
  if (a < 0) {
    const near = nearestName(baseline, space.items);
    throw new TuttiError('bad_input', `No item is called "${baseline}".`, {
      hint: near === undefined ? undefined : `Did you mean "${near}"?`,
    });
  }
  return space.prompts.flatMap(({ members }, prompt) =>
    members.includes(a) ? members.filter((b) => b !== a).map((b) => ({ prompt, a, b })) : [],
  );
}
