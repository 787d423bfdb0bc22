import type { JsonValue } from '../../core/json.ts';

/**
 * How the answers of two results differ. `broken`: only A is answered. `mended`: only B is. `error`: both failed in other
 * ways.
 */
export type DifferenceKind = 'broken' | 'mended' | 'error' | 'answer';

/** Every kind, the one that matters most first. */
export const DIFFERENCE_KINDS: readonly DifferenceKind[] = ['broken', 'mended', 'error', 'answer'];

/** One side of a difference. */
export interface DifferentResult {
  readonly model: string | null;
  /** Null where it is answered. */
  readonly error: string | null;
  readonly response: JsonValue;
}

/** A result that is not the same on both sides. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly id: JsonValue;
  readonly a: DifferentResult;
  readonly b: DifferentResult;
}

/** What was read of one side. */
export interface ComparedSide {
  readonly rows: number;
  /** Rows without the key by which they are found. */
  readonly withoutId: number;
  /** Rows of which an earlier one has the same id and model; they are not compared. */
  readonly repeated: number;
  /** Lines that are no JSON objects. */
  readonly unreadable: number;
  /** Rows that the other side does not have. */
  readonly only: number;
  /** Ids of some of them. */
  readonly onlyIds: readonly JsonValue[];
}

/** Costs of the results that were compared. */
export interface ComparedCosts {
  /** US dollars, of the results whose cost is known on both sides. */
  readonly aUsd: number;
  readonly bUsd: number;
  readonly known: number;
  readonly unknown: number;
}

/** A number that both sides have been given. */
export interface ComparedScore {
  readonly name: string;
  /** Results that have it on both sides. */
  readonly rows: number;
  readonly aMean: number;
  readonly bMean: number;
  /** Rows in which B has the higher, or the lower, number. */
  readonly higher: number;
  readonly lower: number;
}

/** How often results of two models were compared, and how they differ. */
export interface ComparedModels {
  readonly a: string | null;
  readonly b: string | null;
  readonly rows: number;
  readonly same: number;
  readonly different: Readonly<Record<DifferenceKind, number>>;
}

/** How two results files compare. */
export interface ResultComparison {
  readonly a: ComparedSide;
  readonly b: ComparedSide;
  /** Results that both sides have. */
  readonly compared: number;
  /** Of those, results with the same answer, or the same error. */
  readonly same: number;
  readonly different: Readonly<Record<DifferenceKind, number>>;
  readonly cost: ComparedCosts;
  readonly scores: readonly ComparedScore[];
  /** True where there were more names of scores than are compared. */
  readonly leavesScoresOut: boolean;
  /** By pair of models, the most frequent first. */
  readonly models: readonly ComparedModels[];
  /** Some of the differences, the kinds that matter most first. */
  readonly differences: readonly Difference[];
}
