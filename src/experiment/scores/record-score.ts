import type { RowValue } from '../summary/index.ts';

/** A scorer with all that a thread needs to prepare it. */
export interface ScorerSource {
  /** The key of its values in records. */
  readonly key: string;
  /** Name of a scorer of the program; null for a file. */
  readonly name: string | null;
  /** What stands behind the name and a colon. */
  readonly argument: string;
  /** The text of the file that the argument names, where it names one. */
  readonly content: string;
  /** Absolute path of a file that is a scorer; null for one of the program. */
  readonly path: string | null;
}

/** What a scorer says of a record. */
export interface RecordScore {
  /** A value, or one for each sample. */
  readonly value: RowValue | readonly RowValue[];
  /** Why there is no value; left out where there is, or where nothing was to be scored. */
  readonly error?: string;
  /** What each of its texts adds to the score of all. */
  readonly counts?: readonly (readonly number[])[];
}

/** Scores records: some at a time, in their order. */
export interface ScorerProgram {
  /** `each`: one record after the other, told as they come. `pure`: together, and again costs nothing. `batch`: together. */
  readonly mode: 'each' | 'pure' | 'batch';
  /** @param records JSON texts */
  readonly score: (records: readonly string[]) => Promise<readonly RecordScore[]>;
}
