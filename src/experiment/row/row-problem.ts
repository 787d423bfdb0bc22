/** What is wrong with one row. Thrown by the readers of its parts, caught by `parseRow`. */
export class RowProblem extends Error {
  /** The key whose place in the line is meant, behind those of the objects that it is in; empty if none is. */
  readonly path: readonly string[];
  readonly hint: string | null;

  constructor(message: string, options: { key?: string; inside?: string; hint?: string } = {}) {
    super(message);
    this.path = [options.inside, options.key].filter((key) => key !== undefined);
    this.hint = options.hint ?? null;
  }
}
