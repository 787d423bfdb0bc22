import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../core/clock.ts';
import type { LimitGate } from '../limits/limit-gate.ts';
import type { Address, Protocol, Reply } from '../protocols/protocol.ts';
import type { Vendor } from '../vendors/vendor.ts';
import type { OpenRequest } from './request-log.ts';

/** Where a path leads: a protocol in a vendor's habits. */
export interface Route {
  readonly protocol: Protocol;
  readonly vendor: Vendor;
  readonly address: Address;
}

/** A request as it arrived, whatever it asks. */
export interface Arrival {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: OpenRequest;
  readonly path: string;
  readonly query: URLSearchParams;
}

/** A valid request for a known model, and everything that is needed to answer it. */
export interface Exchange extends Arrival {
  readonly route: Route;
  /** The answer that it will get, unless a fault or a limit comes first. */
  readonly reply: Reply;
  /** True where no answer ever comes, as the model is. */
  readonly hangs: boolean;
  /** The body as it arrived. */
  readonly text: string;
  /** Its number among the requests to models, from 1. */
  readonly number: number;
  /** The limits of its model and of the whole server, where there are any. */
  readonly gates: readonly LimitGate[];
  /** The key as the request carried it; empty if none. */
  readonly key: string;
  readonly clock: Clock;
  /** Headers that every answer carries: request id, limits. Set once the request is let in. */
  headers: Readonly<Record<string, string>>;
  /** Pause between two pieces of a stream, in milliseconds. Set once the request is let in. */
  perPieceMs: number;
  /** Called once just before the last byte of a complete answer goes out. */
  answered: () => void;
}
