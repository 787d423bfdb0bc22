import type { JsonObject } from '../core/json.ts';
import type { ReadReply } from './keyed-reply.ts';

/** A kind of verdict: what a judge is told to write, and how that is read. */
export interface VerdictKind<Value> {
  /** The JSON to write, with capital letters in the places of values: it is no JSON, so that repeating it is no verdict. */
  readonly pattern: string;
  /** What these letters stand for, as a clause. */
  readonly places: string;
  /** Reads the JSON that a judge wrote. */
  readonly read: (written: JsonObject) => ReadReply<Value>;
  /** Reads a whole reply that is nothing but an allowed value; undefined if it is none. Default: none is. */
  readonly readBare?: (reply: string) => Value | undefined;
}

/** What a judge says of one answer. */
export interface Verdict {
  /** The score or the label. */
  readonly verdict: number | string;
  /** Null where the judge gave none. */
  readonly reason: string | null;
}
