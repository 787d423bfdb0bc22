import type { IncomingHttpHeaders } from 'node:http';
import { CallError } from '../core/call-error.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import { contextAt } from './context-at.ts';
import type { EndpointLink } from './endpoint-link.ts';
import { failedStatus, parsedOrUndefined } from './errors/failed-answer.ts';
import type { FileHttp, FileReply, FileRequest } from './provider.ts';
import { withQuery } from './transport/base-url.ts';
import { startExchange } from './transport/exchange.ts';
import { bodyText } from './transport/text-encoding.ts';

/** How long a server may take nothing of a file, or say nothing. */
const SILENCE_MS = 120_000;

/** Makes what a provider asks for files by: the endpoint's connections, headers, limits and classes of errors. */
export function fileHttp(endpoint: EndpointLink): FileHttp {
  const { origin, baseUrl } = endpoint;
  return {
    origin,
    basePath: baseUrl.slice(origin.length),
    clock: endpoint.clock,
    send: (request) => send(endpoint, request),
  };
}

async function send(endpoint: EndpointLink, request: FileRequest): Promise<FileReply> {
  const alarm = new SilenceAlarm(endpoint);
  try {
    const { status, headers, bytes } = await exchange(endpoint, request, alarm);
    const text = bodyText(bytes, headers['content-type']);
    if (status < 300 || request.passed?.includes(status)) {
      return { status, headers, body: objectOf(text) };
    }
    throw failedStatus(text, contextAt(endpoint, { asked: 'files', status, headers }));
  } catch (error) {
    throw endpoint.secrets.redactError(aboutFiles(error));
  } finally {
    alarm.end();
  }
}

interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

function exchange(
  endpoint: EndpointLink,
  request: FileRequest,
  alarm: SilenceAlarm,
): Promise<Answered> {
  const { dispatcher, origin, query, limits, clock } = endpoint;
  const { method, path, body } = request;
  const { promise, resolve, reject } = Promise.withResolvers<Answered>();
  alarm.restart();
  startExchange(
    dispatcher,
    {
      ...{ origin, method, path: withQuery(path, query), headers: headersOf(endpoint, request) },
      body: typeof body === 'object' ? alarm.watched(body.chunks) : (body ?? null),
    },
    {
      sent: () => alarm.restart(),
      sinkFor: () => undefined,
      // Its bytes are gone once this has returned.
      answered: (status, headers, bytes) => resolve({ status, headers, bytes: Buffer.from(bytes) }),
      failed: reject,
      heldBack: () => alarm.restart(),
      stopped: reject,
    },
    { stop: alarm, budget: limits.budget, limitBytes: limits.answerBytes, clock },
  );
  return promise;
}

/** Ends an exchange in which nothing happens. */
class SilenceAlarm {
  readonly #controller = new AbortController();
  readonly #endpoint: EndpointLink;
  #cancel: (() => void) | undefined;
  #hasEnded = false;

  constructor(endpoint: EndpointLink) {
    this.#endpoint = endpoint;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Begins the silence anew; what is taken of a file after the end begins none. */
  restart(): void {
    if (this.#hasEnded) return;
    this.#cancel?.();
    const { clock, settings } = this.#endpoint;
    this.#cancel = clock.after(SILENCE_MS, () => {
      const message = `${settings.name} was silent for ${SILENCE_MS / 1000} s about a file`;
      this.#controller.abort(new CallError('timeout', message));
    });
  }

  end(): void {
    this.#hasEnded = true;
    this.#cancel?.();
  }

  /** The same bytes; each piece that is taken begins the silence anew. */
  async *watched(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
    for await (const chunk of chunks) {
      this.restart();
      yield chunk;
    }
  }
}

function headersOf({ headers }: EndpointLink, request: FileRequest): Record<string, string> {
  const { 'content-type': json, ...rest } = headers;
  const { body } = request;
  return {
    ...rest,
    ...(typeof body === 'string' && { 'content-type': json ?? 'application/json' }),
    ...(typeof body === 'object' && { 'content-length': String(body.size) }),
    ...request.headers,
  };
}

/** What is not there is a file, or the keeping of files: no model. */
function aboutFiles(error: unknown): CallError {
  if (!(error instanceof CallError)) {
    const message = `A file could not be brought: ${error instanceof Error ? error.message : error}`;
    return new CallError('internal', message, { cause: error });
  }
  if (error.code !== 'model_not_found') return error;
  const { message, httpStatus } = error;
  return new CallError('bad_request', message, {
    httpStatus: httpStatus ?? undefined,
    hint: 'Does this address keep files? It has none by that name, or no place for them.',
  });
}

function objectOf(text: string): JsonObject {
  const body = parsedOrUndefined(text);
  return isJsonObject(body) ? body : {};
}
