/** Takes the next bytes of a new file; they are valid until its promise is settled. */
export type WriteBytes = (bytes: Uint8Array) => Promise<void>;

/** Writes rows in one form. */
export interface RowWriter<Row> {
  /** Adds a row; await what it returns before the next one. */
  add(row: Row): Promise<void> | undefined;
  /** Writes what is left. */
  end(): Promise<void>;
}
