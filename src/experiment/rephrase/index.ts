export { lookAtPrompts } from './prompt-source.ts';
export { rephraseRows } from './rephrase-rows.ts';
export { noCounts, type RephraseCounts, rephrasedRows } from './rephrased-rows.ts';
export { type Rephrasing, type RephrasingRequest, readRephrasing } from './rephrasing.ts';
