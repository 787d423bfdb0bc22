export type {
  ChosenStrategy,
  Consortium,
  ConsortiumMember,
  Judging,
} from './consortium/consortium.ts';
export type {
  ConsortiumAgreement,
  ConsortiumResult,
  ConsortiumRound,
  MemberOutcome,
} from './consortium/result.ts';
