import type { Answer, AnswerError } from '../core/answer.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { Usage } from '../core/usage.ts';
import type { MapCounts } from '../map/index.ts';

/** A row that comes out, and the sums of the calls that it comes of. */
export interface AnsweredRow<Row> {
  readonly row: Row;
  /** Null for a row that was not asked. */
  readonly answer: Answer | null;
}

/** A row that failed, or of whose answer a part was not right. */
export interface MapFailure {
  /** Its number, counted from 0; of several models each row has so many numbers. */
  readonly row: number;
  readonly input: JsonObject;
  readonly error: AnswerError;
  /** The text of the answer that could not be used; null: there is none. */
  readonly response: JsonValue;
  /** What was not as it should be, each with its place. */
  readonly errors: readonly { readonly path: string; readonly message: string }[];
}

/** What became of rows so far. */
export interface MapTotals {
  /** Tokens of all calls. */
  readonly usage: Usage;
  /** US dollars of the calls whose price is known; null if there is none. */
  readonly costUsd: number | null;
  readonly counts: MapCounts;
  readonly failures: readonly MapFailure[];
}
