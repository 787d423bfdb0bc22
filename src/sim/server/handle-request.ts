import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Arrival } from '../exchange/exchange.ts';
import { shortenBytes } from '../exchange/shorten-bytes.ts';
import { anthropicVendor } from '../vendors/anthropic.ts';
import { Refusal } from '../vendors/refusal.ts';
import type { Vendor } from '../vendors/vendor.ts';
import { admit } from './admit.ts';
import { answerFiles } from './answer-files.ts';
import { answerLater } from './answer-later.ts';
import { findRoute, vendorOfPath } from './find-route.ts';
import { isFilesPath } from './gemini-files.ts';
import { listModels } from './list-models.ts';
import { parseBody, readRequest } from './read-request.ts';
import { NO_STANDING, refuse } from './refuse.ts';
import type { SimState } from './sim-state.ts';
import { refusalOfKey, validate } from './validate.ts';

/** Serves one request from its arrival to its last byte. */
export function handleRequest(
  state: SimState,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const record = state.log.arrive(request);
  const [path = '', search = ''] = record.path.split('?', 2);
  const arrival: Arrival = { request, response, record, path, query: new URLSearchParams(search) };
  response.once('close', () => {
    if (response.headersSent && record.endedMs === null) record.status = response.statusCode;
    state.log.end(record);
  });
  // A page of the web whose name was pointed at this machine says its own name here.
  if (!isLoopback(request.headers.host)) {
    refuse(state, arrival, vendorOfPath(path), foreignHost(), NO_STANDING);
    return;
  }
  if (isFilesPath(path)) answerFiles(state, arrival);
  else if (request.method === 'GET' || request.method === 'HEAD') answerList(state, arrival);
  else readRequest(request, (text) => answerPost(state, arrival, text));
}

function answerList(state: SimState, arrival: Arrival): void {
  const { request, response, path } = arrival;
  const isAnthropic = request.headers['anthropic-version'] !== undefined;
  const vendor = isAnthropic ? anthropicVendor : vendorOfPath(path);
  const list = listModels(path, state.models.names, isAnthropic);
  const refusal = list ? refusalOfKey(state, arrival, vendor) : nothingHere(arrival);
  if (refusal) {
    refuse(state, arrival, vendor, refusal, NO_STANDING);
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(list));
}

function answerPost(state: SimState, arrival: Arrival, text: string | undefined): void {
  const { record, path, query } = arrival;
  record.body = text === undefined ? null : shortenBytes(parseBody(text) ?? text, text);
  const route = findRoute(path, query);
  const vendor: Vendor = route?.vendor ?? vendorOfPath(path);
  try {
    if (!route) throw nothingHere(arrival);
    record.protocol = route.protocol.name;
    record.vendor = vendor.name;
    const { exchange, model } = validate(state, arrival, route, text);
    if (admit(state, exchange)) answerLater(state, exchange, model);
  } catch (error) {
    // Whoever asks for what no stack holds gets an answer, and the server stays.
    const refusal = error instanceof RangeError ? tooDeep() : error;
    if (!(refusal instanceof Refusal)) throw error;
    refuse(state, arrival, vendor, refusal, NO_STANDING);
  }
}

function tooDeep(): Refusal {
  return new Refusal('bad_request', 'The request is nested too deeply.');
}

/** A host of this machine, with a port or not. */
const LOOPBACK_HOST = /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/** Clients of HTTP/1.0 name none; a browser always does. */
function isLoopback(host: string | undefined): boolean {
  return host === undefined || LOOPBACK_HOST.test(host.slice(0, 300));
}

function foreignHost(): Refusal {
  return new Refusal('forbidden', 'Simulated endpoints serve only hosts of this machine.');
}

function nothingHere({ record, path }: Arrival): Refusal {
  return new Refusal('not_found', `Invalid URL (${record.method} ${path})`);
}
