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
  /** Rows that were not kept, or are repeats; of several steps those of each are among them. */
  readonly dropped: number;
}

/** What became of the rows of one step of a chain. */
export interface StepCounts {
  readonly name: string;
  /** Rows that came to it. */
  in: number;
  /** Rows that went on, or came out. */
  out: number;
  failed: number;
  /** Rows that were not kept, or are repeats. */
  dropped: number;
}
