// Types, not interfaces: a workflow may return them, since they are JSON.

/** What came of a member in a round. */
export type MemberOutcome = {
  readonly id: string;
  readonly status: 'ok' | 'error' | 'timeout' | 'cancelled' | 'eliminated';
  readonly response: string | null;
  /** The answer that was found in its response; null without one. */
  readonly extracted: string | null;
};

/** What a round came to. */
export type ConsortiumRound = {
  readonly round: number;
  readonly members: readonly MemberOutcome[];
  /** The arbiter that was read; null where none was asked or none answered. */
  readonly arbiter: string | null;
  readonly confidence: number | null;
  readonly needsIteration: boolean | null;
  readonly refinementAreas: readonly string[];
  readonly dissent: string | null;
};

/** Members by the answers that they gave. */
export type ConsortiumAgreement = {
  readonly groups: readonly { readonly answer: string; readonly members: readonly string[] }[];
  /** Votes of the group that won over those of all members that were asked, from 0 to 1. */
  readonly share: number;
  readonly tied: boolean;
};

/** What a consortium came to. */
export type ConsortiumResult = {
  readonly name: string;
  readonly status: 'complete' | 'degraded' | 'failed';
  /** Who is missing, degraded or was replaced, and why; a sentence each. */
  readonly degraded: readonly string[];
  readonly answer: string | null;
  readonly basis: 'synthesis' | 'rank' | 'pick-one' | 'vote' | 'member';
  readonly confidence: number | null;
  readonly confidenceSource: 'arbiter' | 'agreement' | null;
  readonly agreement: ConsortiumAgreement | null;
  /** The round whose answer it is, from 1: that of the highest confidence, of equal ones the last. */
  readonly round: number;
  readonly rounds: readonly ConsortiumRound[];
  /** Members that were asked, over all rounds. */
  readonly asked: number;
  readonly answered: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly costUsd: number | null;
  readonly durationMs: number;
  readonly seed: number;
};
