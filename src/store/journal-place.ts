/** Where a line is in the journal. */
export interface JournalPlace {
  /** Place of the line's first byte. */
  readonly offset: number;
  /** Bytes of the line, without its line end. */
  readonly length: number;
  /** What the line says of the response and the answer, as a record has it: `,"response":…,"answer":{…}`. */
  readonly content: string;
}
