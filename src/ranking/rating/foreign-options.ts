import { mention } from '../../core/option-mention.ts';
import { METHODS } from '../methods/methods.generated.ts';
import type { RatingMethod } from '../methods/rating-method.ts';
import { METHOD_NAMES, type MethodName } from '../options/method-names.generated.ts';
import type { RankOptions } from '../options/options.ts';

/** An option that was given to a method that does not have it. */
export interface ForeignOption {
  readonly option: keyof RankOptions;
  /** What it is, to follow "the method takes no". */
  readonly what: string;
  /** Why it is refused, to follow the name of the method. */
  readonly problem: string;
  /** What to do. */
  readonly hint: string;
}

/** Options whose meaning depends on what a method has. */
type MethodOptions = Pick<
  RankOptions,
  'prior' | 'side' | 'intervals' | 'bootstrapInterval' | 'bothBad'
> & { readonly anchor?: RankOptions['anchor'] | null };

/** All options that a method does not have and that were given to it all the same. */
export function foreignOptions(method: MethodName, options: MethodOptions): ForeignOption[] {
  const { ratings, likelihood, side, lossForBoth } = METHODS[method];
  const foreign: ForeignOption[] = [];
  if (likelihood === null && options.prior !== undefined && options.prior > 0) {
    foreign.push({
      option: 'prior',
      what: 'prior',
      problem: 'takes no prior',
      hint: `Leave ${mention('prior')} out, or use a method of the Bradley-Terry family.`,
    });
  }
  if (!side && options.side) {
    foreign.push({
      option: 'side',
      what: 'term for the side',
      problem: 'has no term for the side shown first',
      hint: `Use ${alternatives((one) => one.side)}.`,
    });
  }
  if (likelihood === null && options.intervals === 'sandwich') {
    foreign.push({
      option: 'intervals',
      what: 'sandwich intervals',
      problem: 'has no sandwich intervals',
      hint: `Use ${mention('intervals', 'bootstrap')}.`,
    });
  }
  if (!lossForBoth && options.bothBad === 'loss') {
    foreign.push({
      option: 'bothBad',
      what: 'loss for both (a tie instead)',
      problem: 'cannot tell a loss for both from a tie: only differences count in it',
      hint: `Take both-bad verdicts as ties or drop them, or use ${alternatives((one) => one.lossForBoth)}.`,
    });
  }
  if (
    likelihood !== 'pairs' &&
    options.bootstrapInterval === 'bca' &&
    options.intervals === 'bootstrap'
  ) {
    foreign.push({
      option: 'bootstrapInterval',
      what: 'BCa intervals',
      problem: 'has no influence values, which BCa intervals need',
      hint: 'Use percentile or basic.',
    });
  }
  if (ratings === null && options.anchor) {
    foreign.push({
      option: 'anchor',
      what: 'anchor',
      problem: 'has no ratings to anchor',
      hint: `Leave ${mention('anchor')} out, or use a method of the Bradley-Terry family.`,
    });
  }
  return foreign;
}

/** The names of the methods that have something, as a sentence lists them. */
export function alternatives(has: (method: RatingMethod) => boolean): string {
  const names = METHOD_NAMES.filter((name) => has(METHODS[name]));
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
