export type { RecordScore, ScorerSource } from './record-score.ts';
export { type ScoreRecordsOptions, scoreRecords } from './score-records.ts';
export { ScoreThread, type ScoreThreadOptions } from './score-thread.ts';
