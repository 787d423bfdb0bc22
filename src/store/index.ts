export { answerJson } from './answer-json.ts';
export { CallSet } from './call-set.ts';
export { type CompletedOptions, type CompletedTotals, writeCompleted } from './completed-writer.ts';
export { experimentName } from './experiment-name.ts';
export { Journal, type JournalOptions, type JournalPlace } from './journal.ts';
export { type JournalEntry, type ParsedJournalLine, parseJournalLine } from './journal-entry.ts';
export { journalLine } from './journal-line.ts';
export {
  type CorruptLine,
  type JournalSummary,
  type ReadJournalOptions,
  readJournal,
} from './journal-reader.ts';
export type { LaneTotals } from './lane-counts.ts';
export { type MergedAnswer, mergeAnswers, type RowShape } from './merge-answers.ts';
export type { ProcessIdentity } from './process-identity.ts';
export { recordText } from './record-text.ts';
export { RowReader, type RowReaderOptions } from './row-reader.ts';
export { type NewRow, type RowState, RowTable } from './row-table.ts';
export {
  createRunFolder,
  listRunFolders,
  type RunFolder,
  removeHalfWritten,
  runFolder,
} from './run-folder.ts';
export { RunLock, type RunLockOptions } from './run-lock.ts';
export { RunLog } from './run-log.ts';
export {
  type FoundRun,
  newestRun,
  newestRunWhere,
  newestUnfinishedRun,
  type RunState,
  readRunState,
  writeRunState,
} from './run-state.ts';
export { Spool, type SpoolOptions } from './spool.ts';
