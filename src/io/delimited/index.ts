// Apart from the folder's own index, so that only who reads delimited files loads the CSV parser.
export { ByteInterner, HASH_START, hashByte, mixed } from './byte-interner.ts';
export type { Cells } from './cells.ts';
export { DelimitedScanner } from './delimited-scanner.ts';
export { delimiterOf } from './delimiter.ts';
export { type OpenedBytes, openBytes } from './open-bytes.ts';
export { feedWholeLines, type TakeLines } from './whole-lines.ts';
