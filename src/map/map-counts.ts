/** What became of the rows of a map; rows, but `asks`. */
export interface MapCounts {
  /** Rows of the input. */
  readonly in: number;
  /** Partial ones are among them. */
  readonly answered: number;
  /** Invalid ones are among them. */
  readonly failed: number;
  readonly skipped: number;
  /** Rows of the output. */
  readonly out: number;
  /** Answers that came. */
  readonly asks: number;
  readonly reasked: number;
  readonly repaired: number;
  readonly truncated: number;
  readonly partial: number;
  readonly invalid: number;
  readonly empty: number;
  readonly dropped: number;
}
