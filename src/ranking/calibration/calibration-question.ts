/** What came of a member on a question. */
export interface MemberAnswer {
  /** Equal answers are equal texts; null where none was found. */
  readonly answer: string | null;
  /** Null where it was not let to answer, which says nothing of it; no answer to be found is wrong. */
  readonly right: boolean | null;
}

/** What came of a question that has a right answer. */
export interface CalibrationQuestion {
  /** Of each member in its first round, in the order of the members. */
  readonly members: readonly MemberAnswer[];
  /** Whether the consortium's answer is right; none is not. */
  readonly right: boolean;
  /** From 0 to 1; null where it told none. */
  readonly confidence: number | null;
  /** Rounds that were held; 0 where it failed before the end of one. */
  readonly rounds: number;
  readonly costUsd: number | null;
  readonly durationMs: number;
}

/** What is to be known of a consortium beside its answers. */
export interface CalibrationSetup {
  readonly name: string;
  /** Names of the members, in order. */
  readonly members: readonly string[];
  /** Confidence from which on there is no further round, from 0 to 1. */
  readonly confidenceThreshold: number;
  readonly confidenceSource: 'arbiter' | 'agreement' | null;
}
