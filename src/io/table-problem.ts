/** What is wrong with a file of a table: the end of a sentence that begins with its name. */
export class TableProblem extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = new.target.name;
    this.hint = hint;
  }
}
