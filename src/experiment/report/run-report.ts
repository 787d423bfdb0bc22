import type { ValueCount } from '../../core/value-histogram.ts';
import type { Aggregates } from '../summary/index.ts';
import type { RunFacts } from './run-facts.ts';

/** What a report tells of a run: figures of all its rows, and some of the rows themselves. */
export interface RunReport {
  /** What was run: the experiment, or the name of the file. */
  readonly name: string;
  /** Null for a file that is not in a run's folder, or whose `run.json` cannot be read. */
  readonly run: RunFacts | null;
  readonly total: ModelFigures;
  /** In the order in which they come; of more than 100 the rest are one. */
  readonly models: readonly ModelFigures[];
  /** ISO 8601, UTC; null where no answer says when it was asked. */
  readonly firstAskedAt: string | null;
  readonly lastAnsweredAt: string | null;
  /** The most frequent kinds come first. */
  readonly errors: readonly ErrorGroup[];
  /** Rows that failed in other ways than the groups of `errors` say; 0 unless there are very many ways. */
  readonly otherErrors: number;
  /** Null unless the run was scored. */
  readonly scores: Aggregates | null;
  readonly shown: ShownRows;
}

/** What one model, or all of them, did. */
export interface ModelFigures {
  readonly model: string;
  readonly rows: number;
  readonly answered: number;
  /** Rows with an error, those that were not asked apart. */
  readonly failed: number;
  readonly notAsked: number;
  /** Rows of which an answer was cut at the token limit. */
  readonly cut: number;
  /** Requests that were sent beyond the first of each call, as far as records tell. */
  readonly triesMore: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars; null where no price is known. */
  readonly costUsd: number | null;
  /** Rows that have cost something, and nobody knows how much. */
  readonly unknownCosts: number;
  /** Milliseconds, of rows that were answered. */
  readonly latencyMs: Distribution;
  /** Tokens of rows that were answered. */
  readonly input: Distribution;
  readonly output: Distribution;
}

/** Numbers as quantiles and counts, within 2 %. */
export interface Distribution {
  readonly median: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly counts: readonly ValueCount[];
}

/** Rows that failed in one way. */
export interface ErrorGroup {
  readonly code: string;
  readonly model: string;
  readonly rows: number;
  /** Of the first one. */
  readonly message: string;
  readonly hint: string | null;
  /** Lines of the results, the first few. */
  readonly lines: readonly number[];
}

/** The rows of which a report has the texts. */
export interface ShownRows {
  /** In the order of the results. */
  readonly prompts: readonly ShownPrompt[];
  readonly rows: number;
  /** Of `rows`, those that failed. */
  readonly failed: number;
  /** Texts of which the end is left out. */
  readonly cutTexts: number;
}

/** A prompt, and what came of it. */
export interface ShownPrompt {
  readonly texts: readonly ShownText[];
  readonly expected: string | null;
  readonly rows: readonly ShownRow[];
  /** Rows with the same prompt that are left out; null where nobody counted them. */
  readonly left: number | null;
  /** Different answers among `rows`. */
  readonly differing: number;
}

/** A row with its answer. */
export interface ShownRow {
  /** Its line of the results. */
  readonly line: number;
  readonly id: string | null;
  readonly model: string;
  readonly status: 'answered' | 'failed' | 'not_asked';
  readonly texts: readonly ShownText[];
  readonly error: Pick<ErrorGroup, 'code' | 'message' | 'hint'> | null;
  readonly isCut: boolean;
  readonly latencyMs: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costUsd: number | null;
  readonly attempts: number | null;
  /** As JSON; null where there are none. */
  readonly parameters: string | null;
  /** Scores and verdicts. */
  readonly scores: readonly { readonly key: string; readonly value: string }[];
  readonly notes: readonly string[];
}

/** A text, or the beginning of one. */
export interface ShownText {
  /** What it is, where there are several: `user`, `turn 2`, `completion 3`; null for the only one. */
  readonly label: string | null;
  readonly text: string;
  /** Characters that are left out at its end. */
  readonly left: number;
}
