// Apart from the folder's own index, so that only who reads delimited files loads it.
export { ByteInterner, HASH_START, hashByte, mixed } from './byte-interner.ts';
export type { Cells } from './cells.ts';
export { type CsvLineOptions, csvLine } from './csv-line.ts';
export { type DelimitedRow, readDelimitedRows } from './delimited-rows.ts';
export { DelimitedScanner } from './delimited-scanner.ts';
export { delimiterOf } from './delimiter.ts';
export { tsvLine } from './tsv-line.ts';
export { feedWholeLines, type TakeLines } from './whole-lines.ts';
