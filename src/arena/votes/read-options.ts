import type { WinnerIs } from './choose-verdict.ts';
import type { FeatureForm } from './feature-values.ts';

/** What is read of the files besides items and verdicts. */
export interface ReadComparisonsOptions {
  /** Leaves out rows that are not understood instead of stopping; they are counted. Default false. */
  readonly skipInvalid?: boolean | undefined;
  /** Further columns whose groups are kept, for `--where`, `--by` and caps; each must exist. */
  readonly keepColumns?: readonly string[] | undefined;
  /** Numeric columns: `NAME` itself, or `NAME_a` and `NAME_b` (`_left`, `_right`, `_x`, `_y`). */
  readonly features?: readonly string[] | undefined;
  /** How two columns become one number; default `relative`. */
  readonly featureForm?: FeatureForm | undefined;
  /** Keeps the UTC day of each verdict as the column `day`; needs a timestamp. Default false. */
  readonly days?: boolean | undefined;
  /** Words that give a model away; rows in whose answers one stands are left out and counted. */
  readonly leakWords?: readonly string[] | undefined;
  /** Weight of the labels `A>>B` and `B>>A`, above 0; default 3, as the arena-hard form means it. */
  readonly strongWeight?: number | undefined;
  /** Tells the turns of a conversation apart (column `answers`), where there are prompts. Default false. */
  readonly turns?: boolean | undefined;
  /** Reads a winner that may be a word or a name as the one; default: such a row is not understood. */
  readonly winnerIs?: WinnerIs | undefined;
  /** New names of items. */
  readonly rename?: ReadonlyMap<string, string> | undefined;
  /** Takes a file's name as the judge of all its rows when it has no column of judges. Default false. */
  readonly fileAsJudge?: boolean | undefined;
}
