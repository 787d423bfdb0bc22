import type { ServerResponse } from 'node:http';
import type { Clock } from '../../core/clock.ts';
import type { Reply } from '../protocols/protocol.ts';
import type { Route } from '../server/find-route.ts';

/** A request that has been understood, and everything that is needed to answer it. */
export interface Exchange {
  readonly response: ServerResponse;
  readonly route: Route;
  readonly reply: Reply;
  /** Headers that every answer carries: request id, limits. */
  readonly headers: Readonly<Record<string, string>>;
  /** The key as the request carried it; empty if none. */
  readonly key: string;
  /** Pause between two pieces of a stream, in milliseconds. */
  readonly perPieceMs: number;
  readonly clock: Clock;
  /** Called once just before the last byte of a complete answer goes out. */
  answered(): void;
}
