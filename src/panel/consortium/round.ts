import type { AnswerError } from '../../core/answer.ts';
import type { GenerateRequest } from '../../core/model.ts';
import type { Judgement } from './arbiter/judgement.ts';
import type { ConsortiumAgreement, ConsortiumResult, MemberOutcome } from './result.ts';
import type { EarlierRound, RoundAnswer } from './strategies/strategy.ts';

/** What a member came to in a round, and why. */
export interface MemberEnd extends MemberOutcome {
  /** Why it is missing; null where it is not. */
  readonly why: string | null;
  /** What its answer lacks, where it is that of another consortium, a sentence each; null where it is whole. */
  readonly degraded: readonly string[] | null;
  /** The error that ended its lane, where its model cannot be asked at all in this run; else null. */
  readonly laneEnded: AnswerError | null;
}

/** What a round came to, with what the next one needs of it. */
export interface RoundEnd extends EarlierRound {
  /** From 1. */
  readonly number: number;
  /** By number of the member in the consortium. */
  readonly ends: readonly MemberEnd[];
  /** True where too few answered, so that nothing was made of them. */
  readonly isBelowQuorum: boolean;
  readonly answer: string | null;
  readonly basis: ConsortiumResult['basis'];
  /** The member whose text it is; null for a synthesis. */
  readonly by: string | null;
  readonly confidence: number | null;
  readonly confidenceSource: ConsortiumResult['confidenceSource'];
  readonly agreement: ConsortiumAgreement | null;
  readonly judgement: Judgement | null;
  /** Who is missing, degraded or was replaced, a sentence each. */
  readonly degraded: readonly string[];
}

/** What a round is made from. */
export interface RoundStart {
  /** From 1. */
  readonly number: number;
  readonly request: GenerateRequest;
  readonly earlier: readonly RoundEnd[];
}

/** The answers of a round, in the order of the members. */
export function answersOf(ends: readonly MemberEnd[], weights: readonly number[]): RoundAnswer[] {
  return ends.flatMap(({ id, status, response }, member) =>
    status === 'ok' && response !== null
      ? [{ member, id, text: response, weight: weights[member]! }]
      : [],
  );
}
