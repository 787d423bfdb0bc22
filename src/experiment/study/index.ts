export { streamOfLines } from '../made-rows/line-stream.ts';
export { type StudyOptions, studyRows } from './study-rows.ts';
