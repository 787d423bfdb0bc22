/** What is wrong with a file or a part that a row names. */
export class MediaProblem extends Error {
  readonly hint: string | null;

  /** @param message a sentence without a full stop */
  constructor(message: string, hint: string | null) {
    super(message);
    this.hint = hint;
  }
}
