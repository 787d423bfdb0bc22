import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OpenRequest } from '../exchange/request-log.ts';

/** One request while it is handled. */
export interface Handling {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: OpenRequest;
  readonly path: string;
  readonly query: URLSearchParams;
}
