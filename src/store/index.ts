export type { AnswerLog, JournalOptions, LineWaiter } from './answer-log.ts';
export { CallSet } from './call-set.ts';
export { type CompletedOptions, type CompletedTotals, writeCompleted } from './completed-writer.ts';
export { EarlyRecords } from './early-records.ts';
export type { EntryTotals } from './entry-counts.ts';
export { experimentName } from './experiment-name.ts';
export { checkLocks, checkRunFolder, type FolderDoubts } from './folder-check.ts';
export { sha256OfFile } from './input-hash.ts';
export { Journal } from './journal.ts';
export {
  answerLine,
  type CallMarks,
  type JournalEntry,
  onlyAnswerLine,
  type ParsedJournalLine,
  parseJournalLine,
  type RowEnd,
} from './journal-line.ts';
export type { JournalPlace } from './journal-place.ts';
export {
  type CorruptLine,
  type JournalSummary,
  type ReadJournalOptions,
  readJournal,
  readRunId,
} from './journal-reader.ts';
export { ownFiles } from './own-files.ts';
export type { ProcessIdentity } from './process-identity.ts';
export { type AddedKeys, KeyAdder, type RecordKeys } from './record-keys.ts';
export { recordText, withAddition } from './record-text.ts';
export { rewriteRecords } from './rewrite-records.ts';
export { type RowLines, readRowLines } from './row-lines.ts';
export { RowReader, type RowReaderOptions } from './row-reader.ts';
export type { RowState, RowTable } from './row-table.ts';
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
  MADE_BY_WORKFLOW,
  RUN_FORMAT,
  type RunState,
  readRunState,
  writeRunState,
} from './run-state.ts';
export { Spool, type SpoolOptions } from './spool.ts';
export { type TopLevelKey, topLevelKeys } from './top-level-keys.ts';
