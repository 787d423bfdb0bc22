export { streamOfLines } from '../made-rows/line-stream.ts';
export type { ModelProblemOf } from '../made-rows/role-settings.ts';
export { judgeName } from './judge-name.ts';
export { judgeRows } from './judge-rows.ts';
export { fieldsOfRows, type JudgedSource, lookAtAnswers } from './judge-source.ts';
export { type Judging, type JudgingRequest, readJudging, refuseUnknownFields } from './judging.ts';
