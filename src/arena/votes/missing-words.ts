/** What programs write for a value that is not there: R, pandas, numpy, spreadsheets, SQL, JSON. */
const MISSING = new Set(
  'NA na N/A n/a #N/A <NA> nan NaN NAN -nan -NaN NULL Null null None NONE'.split(' '),
);
/** Longest of them with some white space around it. */
const MAX_LENGTH = 32;

/** Tells whether a cell says that a value is missing: empty, white space, `NA`, `NaN`, `null` and the like. */
export function isMissingWord(text: string): boolean {
  const trimmed = text.trim();
  return trimmed === '' || MISSING.has(trimmed);
}

/** First bytes of the words above, of white space and of nothing. */
const FIRST_BYTES = new Uint8Array(256);
for (const byte of Buffer.from(' \t\r#<-Nn')) FIRST_BYTES[byte] = 1;

/** The same for bytes; quick, since most cells begin otherwise. */
export function isMissingCell(bytes: Uint8Array, start: number, end: number): boolean {
  if (end > start && (FIRST_BYTES[bytes[start]!] === 0 || end - start > MAX_LENGTH)) return false;
  return isMissingWord(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString());
}
