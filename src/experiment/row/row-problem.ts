/** What is wrong with one row. Thrown by the readers of its parts, caught by `parseRow`. */
export class RowProblem extends Error {
  /** The key whose place in the line is meant, if any. */
  readonly key: string | null;
  readonly hint: string | null;

  constructor(message: string, options: { key?: string; hint?: string } = {}) {
    super(message);
    this.key = options.key ?? null;
    this.hint = options.hint ?? null;
  }
}
