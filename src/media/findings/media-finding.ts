/** Something to say of a row's media. */
export interface MediaFinding {
  /** A sentence without a full stop. */
  readonly message: string;
  readonly hint: string | null;
}
