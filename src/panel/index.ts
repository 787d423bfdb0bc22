import type { WorkflowContext } from '../core/workflow.ts';
import type { Consortium } from './consortium/consortium.ts';
import type { ConsortiumQuestion } from './consortium/orchestrate.ts';
import type { ConsortiumResult } from './consortium/result.ts';

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
} from './consortium/consortium-problems.ts';
export type { ConsortiumQuestion } from './consortium/orchestrate.ts';
export type {
  ConsortiumAgreement,
  ConsortiumResult,
  ConsortiumRound,
  MemberOutcome,
} from './consortium/result.ts';
export { strategyProblem } from './consortium/strategies/read-parameters.ts';
export { STRATEGIES } from './consortium/strategies/strategies.generated.ts';
export type {
  PreparedStrategy,
  Strategy,
  StrategyParameter,
} from './consortium/strategies/strategy.ts';
export { preferModel } from './prefer/prefer-model.ts';
export type { ModelName, PreferOptions, PreferredModel } from './prefer/prefer-options.ts';
export type { Preference, PreferenceVerdict, PreferredAnswer } from './prefer/preference.ts';
export {
  readPreference,
  type VerdictLine,
  type VerdictPlace,
  verdictLines,
} from './prefer/preference-json.ts';

/**
 * Asks the members of a consortium within a workflow, and has one answer made of theirs.
 *
 * @returns how they came to it; `failed` without an answer where fewer than the quorum answered
 * @throws TuttiError `bad_usage` with all that is wrong with the consortium; LaneFailure where too few answer because
 *   models cannot be asked in this run (bad key, used-up quota), which leaves the row open
 */
export async function orchestrate(
  consortium: Consortium,
  question: ConsortiumQuestion,
  context: WorkflowContext,
): Promise<ConsortiumResult> {
  return (await import('./consortium/orchestrate.ts')).orchestrate(consortium, question, context);
}
