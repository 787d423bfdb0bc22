export { type AnswerOrderOptions, answerOrder } from './answer-order.ts';
export { askUntilRead, type ReadAnswer, type ReadableQuestion } from './ask-until-read.ts';
export { readConfidence } from './confidence.ts';
export { type FenceKeyOptions, fenced, fenceKey } from './fence.ts';
export { type ReadReply, readKeyedJson } from './keyed-reply.ts';
export { MASK, type MaskedText, maskNames } from './mask-names.ts';
export { type NamedModel, namesToMask } from './names-to-mask.ts';
export {
  type PickVerdict,
  pickVerdict,
  type RankingVerdict,
  rankingVerdict,
} from './ranking-verdict.ts';
export {
  type AnswersTask,
  answerLabel,
  answersTask,
  lackNames,
  MAX_SHOWN_ANSWERS,
  type ShownAnswer,
} from './shown-answers.ts';
export { shownPrompt } from './shown-prompt.ts';
export { askAgain, readVerdict, verdictMessages } from './verdict.ts';
export { readVerdictForm } from './verdict-form.ts';
export type { Verdict, VerdictKind } from './verdict-kind.ts';
