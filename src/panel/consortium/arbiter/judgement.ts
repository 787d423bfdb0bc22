/** What became of a round by its arbiter. */
export interface Judgement {
  /** The arbiter that answered; null where none did. */
  readonly arbiter: string | null;
  readonly basis: 'synthesis' | 'rank' | 'pick-one';
  /** True where its reply could be read. */
  readonly isRead: boolean;
  /** The synthesis, or the text of an unread one; null where it judged, or none answered. */
  readonly text: string | null;
  /** Numbers of the answers that were shown, best first, equal ones together; null where nothing was ranked. */
  readonly ranking: readonly (readonly number[])[] | null;
  readonly confidence: number | null;
  readonly needsIteration: boolean | null;
  readonly refinementAreas: readonly string[];
  readonly dissent: string | null;
  /** Who was replaced or not understood, a sentence each. */
  readonly degraded: readonly string[];
}

/** Nothing of an arbiter. */
export function noJudgement(
  basis: Judgement['basis'],
  degraded: readonly string[],
  arbiter: string | null = null,
): Judgement {
  return {
    ...{ arbiter, basis, degraded, isRead: false, text: null, ranking: null, confidence: null },
    ...{ needsIteration: null, refinementAreas: [], dissent: null },
  };
}
