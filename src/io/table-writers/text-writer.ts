import type { RowWriter, WriteBytes } from './row-writer.ts';

const WRITE_CHARACTERS = 512 * 1024;

/** How rows become a text. */
export interface RowTexts<Row> {
  /** What comes before all of them; default nothing. */
  readonly start?: string | undefined;
  /** Writes a row; its number is counted from 1. */
  readonly textOf: (row: Row, number: number) => string;
  /** What comes behind all of them; default nothing. */
  readonly end?: string | undefined;
}

/** Writes rows of which each is a text. */
export function textWriter<Row>(
  { start = '', textOf, end = '' }: RowTexts<Row>,
  write: WriteBytes,
): RowWriter<Row> {
  let text = start;
  let number = 0;
  const flush = async () => {
    const bytes = Buffer.from(text);
    text = '';
    if (bytes.length > 0) await write(bytes);
  };
  return {
    add: (row) => {
      text += textOf(row, ++number);
      return text.length < WRITE_CHARACTERS ? undefined : flush();
    },
    end: () => {
      text += end;
      return flush();
    },
  };
}

/** Writes texts of JSON as lines. */
export function jsonLinesWriter(write: WriteBytes): RowWriter<string> {
  return textWriter({ textOf: (row) => `${row}\n` }, write);
}

/** Writes texts of JSON as one list, a line each. */
export function jsonListWriter(write: WriteBytes): RowWriter<string> {
  const textOf = (row: string, number: number) => `${number === 1 ? '\n' : ',\n'}${row}`;
  return textWriter({ start: '[', textOf, end: '\n]\n' }, write);
}
