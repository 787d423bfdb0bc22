/** The four verdicts of a comparison, in the order of their codes in a `ComparisonTable`. */
export const VERDICTS = ['left', 'right', 'tie', 'both_bad'] as const;

/** Who won: the item on the left, the one on the right, neither, or neither because both are bad. */
export type Verdict = (typeof VERDICTS)[number];

/** One verdict of one judge on two answers to one prompt. */
export interface Comparison {
  /** Name of the item shown first. */
  readonly left: string;
  /** Name of the item shown second. */
  readonly right: string;
  readonly verdict: Verdict;
  /** What was asked; verdicts on one prompt are not independent of each other. */
  readonly prompt?: string | undefined;
  /** Who gave the verdict, a person or a model. */
  readonly judge?: string | undefined;
  readonly category?: string | undefined;
  /** How much the verdict counts: finite, 0 or more; default 1. */
  readonly weight?: number | undefined;
  /** When it was given, in milliseconds since 1970 UTC. */
  readonly timestampMs?: number | undefined;
  /** How the left answer differs from the right one, by name of the feature; finite. */
  readonly features?: Readonly<Record<string, number>> | undefined;
}
