/** A column of a table. */
export interface DatasetColumn {
  readonly name: string;
  /** True when its cells are JSON already; false when they are texts. */
  readonly isJson: boolean;
}

/** Writes the cells of a row, null for those that are not there, as the text of a JSON object. */
export type WriteCells = (cells: readonly (string | null)[]) => string;

/** A row that was written anew, or why it could not be. */
export interface WrittenRow {
  readonly number: number;
  readonly text: string;
  readonly problem: string | null;
}
