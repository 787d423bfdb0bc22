import type { ResultRow } from './result-row.ts';

/** Takes the next bytes of the new file; they are valid until its promise is settled. */
export type WriteBytes = (bytes: Uint8Array) => Promise<void>;

/** Writes rows in one form. */
export interface ResultWriter {
  /** Adds a row; await what it returns before the next one. */
  add(row: ResultRow): Promise<void> | undefined;
  /** Writes what is left. */
  end(): Promise<void>;
}

const WRITE_CHARACTERS = 512 * 1024;

/**
 * Writes rows of which each is a text.
 *
 * @param start what comes before all of them
 * @param textOf writes a row; its number is counted from 1
 */
export function textWriter(
  start: string,
  textOf: (row: ResultRow, number: number) => string,
  write: WriteBytes,
): ResultWriter {
  let text = start;
  let number = 0;
  const flush = async () => {
    const bytes = Buffer.from(text);
    text = '';
    await write(bytes);
  };
  return {
    add: (row) => {
      text += textOf(row, ++number);
      return text.length < WRITE_CHARACTERS ? undefined : flush();
    },
    end: flush,
  };
}
