export { distinctTexts } from './distinct-texts.ts';
export { NearRows } from './near-rows.ts';
export { RowHashes } from './row-hashes.ts';
