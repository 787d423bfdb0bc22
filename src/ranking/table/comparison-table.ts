import { VERDICTS, type Verdict } from './comparison.ts';

/** Code of each verdict in `ComparisonTable.verdict`. */
export const VERDICT_CODES = {
  left: 0,
  right: 1,
  tie: 2,
  both_bad: 3,
} as const satisfies Record<Verdict, number>;

/** A column that puts each row into one of `count` groups: prompts, judges, categories. */
export interface GroupColumn {
  /** Group of each row, 0 to `count - 1`. */
  readonly ids: Uint32Array;
  readonly count: number;
  /** Names of the groups by id; null where a reader kept only which rows belong together. */
  readonly names: readonly string[] | null;
  /**
   * Groups that have a name, where some rows have none: a row whose group is this or more has no value
   * in the column, and no other row is in its group. Default: `count`.
   */
  readonly known?: number;
}

/**
 * Comparisons in columns, 5 bytes a row up to 65,536 items, in the order of the file. Readers fill it
 * (see `ComparisonTableBuilder`); the mathematics reads it and never changes it.
 */
export interface ComparisonTable {
  /** Names of the items; `left` and `right` hold positions in this list. */
  readonly items: readonly string[];
  /** Number of comparisons; every column is at least this long, and what follows is ignored. */
  readonly rows: number;
  readonly left: Uint16Array | Uint32Array;
  readonly right: Uint16Array | Uint32Array;
  /** Codes of `VERDICT_CODES`. */
  readonly verdict: Uint8Array;
  /** Weight of each row; null when every row counts 1. */
  readonly weight: Float64Array | null;
  /** Group columns by name: `prompt`, `judge`, `category`, or any other column that was kept. */
  readonly groups: Readonly<Record<string, GroupColumn>>;
  /** Differences between the left and the right answer, by name of the feature. */
  readonly features: Readonly<Record<string, Float64Array>>;
}

/** Turns a code of `ComparisonTable.verdict` into its name. */
export function verdictName(code: number): Verdict {
  const name = VERDICTS[code];
  if (name === undefined) throw new RangeError(`${code} is no code of a verdict`);
  return name;
}
