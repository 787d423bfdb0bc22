// Apart from the folder's own index, so that who runs rows without a folder does not load it.
export { noteJournal } from './resume.ts';
export { RowEnds } from './row-ends.ts';
export { RunStatistics } from './run-statistics.ts';
