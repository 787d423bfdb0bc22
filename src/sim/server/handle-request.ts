import type { IncomingMessage, ServerResponse } from 'node:http';
import { anthropicVendor } from '../vendors/anthropic.ts';
import { Refusal } from '../vendors/refusal.ts';
import type { Vendor } from '../vendors/vendor.ts';
import { admit } from './admit.ts';
import { answerLater } from './answer-later.ts';
import { findRoute, vendorOfPath } from './find-route.ts';
import type { Handling } from './handling.ts';
import { listModels } from './list-models.ts';
import { parseBody, readRequest } from './read-request.ts';
import { NO_STANDING, refuse } from './refuse.ts';
import type { SimState } from './sim-state.ts';
import { refusalOfKey, understand } from './validate.ts';

/** Serves one request from its arrival to its last byte. */
export function handleRequest(
  state: SimState,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const record = state.witness.arrive(request);
  const [path = '', search = ''] = record.path.split('?', 2);
  const handling = { request, response, record, path, query: new URLSearchParams(search) };
  response.once('close', () => {
    if (response.headersSent && record.endedMs === null) record.status = response.statusCode;
    state.witness.end(record);
  });
  if (request.method === 'GET' || request.method === 'HEAD') answerList(state, handling);
  else readRequest(request, (text) => answerPost(state, handling, text));
}

function answerList(state: SimState, handling: Handling): void {
  const { request, response, path } = handling;
  const isAnthropic = request.headers['anthropic-version'] !== undefined;
  const vendor = isAnthropic ? anthropicVendor : vendorOfPath(path);
  const list = listModels(path, state.models.names, isAnthropic);
  const refusal = list ? refusalOfKey(state, handling, vendor) : nothingHere(handling);
  if (refusal) {
    refuse(state, handling, vendor, refusal, NO_STANDING);
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(list));
}

function answerPost(state: SimState, handling: Handling, text: string | undefined): void {
  const { record, path, query } = handling;
  record.body = text === undefined ? null : (parseBody(text) ?? text);
  const route = findRoute(path, query);
  const vendor: Vendor = route?.vendor ?? vendorOfPath(path);
  try {
    if (!route) throw nothingHere(handling);
    record.protocol = route.protocol.name;
    record.vendor = vendor.name;
    const job = understand(state, handling, route, text);
    if (admit(state, job)) answerLater(state, job);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refuse(state, handling, vendor, error, NO_STANDING);
  }
}

function nothingHere({ record, path }: Handling): Refusal {
  return new Refusal('not_found', `Invalid URL (${record.method} ${path})`);
}
