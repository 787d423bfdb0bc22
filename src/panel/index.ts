export type {
  ChosenStrategy,
  Consortium,
  ConsortiumMember,
  Judging,
} from './consortium/consortium.ts';
export { consortiumModel } from './consortium/consortium-model.ts';
export {
  type ConsortiumDefinition,
  consortiumProblems,
  consortiumWarnings,
  definitionProblems,
} from './consortium/consortium-problems.ts';
export { type ConsortiumQuestion, orchestrate } from './consortium/orchestrate.ts';
export type {
  ConsortiumAgreement,
  ConsortiumResult,
  ConsortiumRound,
  MemberOutcome,
} from './consortium/result.ts';
export { STRATEGIES } from './consortium/strategies/strategies.generated.ts';
export type {
  PreparedStrategy,
  RoundAnswer,
  Selection,
  Strategy,
  StrategyMember,
  StrategyParameter,
} from './consortium/strategies/strategy.ts';
export { preferModel } from './prefer/prefer-model.ts';
export type { PreferOptions } from './prefer/prefer-options.ts';
export type { Preference, PreferenceVerdict, PreferredAnswer } from './prefer/preference.ts';
export {
  readPreference,
  type VerdictLine,
  type VerdictPlace,
  verdictLines,
} from './prefer/preference-json.ts';
