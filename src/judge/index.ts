export { askUntilRead, type ReadAnswer, type ReadableQuestion } from './ask-until-read.ts';
export { type FenceKeyOptions, fenced, fenceKey } from './fence.ts';
export { type ReadReply, readKeyedJson } from './keyed-reply.ts';
export { askAgain, readVerdict, verdictMessages } from './verdict.ts';
export { readVerdictForm } from './verdict-form.ts';
export type { Verdict, VerdictKind } from './verdict-kind.ts';
