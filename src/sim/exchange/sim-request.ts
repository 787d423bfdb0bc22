import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { ProtocolName } from '../protocols/protocol.ts';
import type { RefusalKind } from '../vendors/refusal.ts';
import type { VendorName } from '../vendors/vendor.ts';

/** What the server saw of one request, as a test looks it up. */
export interface SimRequest {
  /** Order of arrival, from 1. */
  readonly number: number;
  /** Moment of arrival, in milliseconds since 1970 UTC. */
  readonly receivedAtMs: number;
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  /** Null when the path belongs to no protocol. */
  readonly protocol: ProtocolName | null;
  readonly vendor: VendorName | null;
  /** The model that was asked; null until the body has been understood. */
  readonly model: string | null;
  /** As they arrived, keys included. */
  readonly headers: IncomingHttpHeaders;
  /** The parsed body, long base64 in it as `[N bytes, sha256 HEX]`; the text itself when it is not JSON; null without one. */
  readonly body: JsonValue;
  /** What a member or judge of a simulated panel decided; null for any other request. */
  readonly note: JsonObject | null;
  /** Name of the fault that struck; null for none. */
  readonly fault: string | null;
  /** Why it got an error from the vendor; null if it did not. */
  readonly refusal: RefusalKind | null;
  /** Status sent; null while none has been, and for a connection that just ended. */
  readonly status: number | null;
  /** Whether the complete right answer was sent. */
  readonly answered: boolean;
  /** Requests under way at its arrival, itself included. */
  readonly inFlight: number;
  /** Arrival and end on the server's monotonic clock, in milliseconds; the end is null while under way. */
  readonly startedMs: number;
  readonly endedMs: number | null;
}

/** How many requests there were. */
export interface SimTally {
  readonly requests: number;
  /** Complete right answers sent. */
  readonly answered: number;
  /** Requests refused for a limit of rate, tokens or concurrency. */
  readonly rateLimited: number;
  /** Requests that a fault struck. */
  readonly faults: number;
  readonly inFlight: number;
  readonly peakInFlight: number;
}

/** The tallies of the whole server and of each model. */
export interface SimCounts extends SimTally {
  readonly byModel: Readonly<Record<string, SimTally>>;
}
