/** What came of a member in a round. */
export interface MemberOutcome {
  readonly id: string;
  readonly status: 'ok' | 'error' | 'timeout' | 'cancelled' | 'eliminated';
  readonly response: string | null;
  /** The answer that was found in its response; null without one. */
  readonly extracted: string | null;
}

/** What a round came to. */
export interface ConsortiumRound {
  readonly round: number;
  readonly members: readonly MemberOutcome[];
  /** The arbiter that was read; null where none was asked or none answered. */
  readonly arbiter: string | null;
  readonly confidence: number | null;
  readonly needsIteration: boolean | null;
  readonly refinementAreas: readonly string[];
  readonly dissent: string | null;
}

/** Members by the answers that they gave. */
export interface ConsortiumAgreement {
  readonly groups: readonly { readonly answer: string; readonly members: readonly string[] }[];
  /** Of the members that were asked, those in the largest group, from 0 to 1. */
  readonly share: number;
  readonly tied: boolean;
}

/** What a consortium came to. */
export interface ConsortiumResult {
  readonly name: string;
  readonly status: 'complete' | 'degraded' | 'failed';
  /** Who is missing or was replaced, and why; a sentence each. */
  readonly degraded: readonly string[];
  readonly answer: string | null;
  readonly basis: 'synthesis' | 'rank' | 'pick-one' | 'vote' | 'member';
  readonly confidence: number | null;
  readonly confidenceSource: 'arbiter' | 'agreement' | null;
  readonly agreement: ConsortiumAgreement | null;
  /** The round whose answer it is, from 1. */
  readonly round: number;
  readonly rounds: readonly ConsortiumRound[];
  readonly asked: number;
  readonly answered: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly costUsd: number | null;
  readonly durationMs: number;
  readonly seed: number;
}
