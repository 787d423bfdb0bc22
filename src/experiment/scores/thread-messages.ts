import type { RecordScore, ScorerProgram, ScorerSource } from './record-score.ts';

/** What a thread is started with. */
export interface ThreadData {
  readonly sources: readonly ScorerSource[];
  /** The folder from which paths in arguments count. */
  readonly folder: string;
}

/** What the thread is asked: scores of records by the scorer of that place. */
export interface ScoreOrder {
  readonly scorer: number;
  /** JSON texts. */
  readonly records: readonly string[];
}

/** What the thread says: first what it has prepared, then scores, of an order in one message or in several. */
export type ThreadMessage =
  | { readonly prepared: readonly PreparedSource[] }
  | { readonly scores: readonly RecordScore[] };

/** How a scorer works, or what is wrong with it. */
export type PreparedSource =
  | { readonly mode: ScorerProgram['mode'] }
  | { readonly problem: string; readonly hint?: string };
