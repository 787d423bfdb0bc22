export type { RecordScore, ScorerSource } from './record-score.ts';
export { type ScoreFileRequest, scoreFile } from './score-file.ts';
export { SCORE_ERRORS, type ScoreRecordsOptions, scoreRecords } from './score-records.ts';
export { ScoreThread, type ScoreThreadOptions } from './score-thread.ts';
