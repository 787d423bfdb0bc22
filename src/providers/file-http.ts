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

function send(endpoint: EndpointLink, request: FileRequest): Promise<FileReply> {
  const { dispatcher, origin, query, limits, clock, secrets } = endpoint;
  const { method, path, body, passed = [] } = request;
  const { promise, resolve, reject } = Promise.withResolvers<FileReply>();
  const alarm = new SilenceAlarm(endpoint);
  const fail = (error: unknown) => reject(secrets.redactError(aboutFiles(error)));
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
      answered: (status, headers, bytes) => {
        const text = bodyText(bytes, headers['content-type']);
        if (status < 300 || passed.includes(status)) {
          resolve({ status, headers, body: objectOf(text) });
        } else fail(failedStatus(text, contextAt(endpoint, { asked: 'files', status, headers })));
      },
      failed: fail,
      heldBack: () => alarm.restart(),
      stopped: fail,
    },
    { stop: alarm, budget: limits.budget, limitBytes: limits.answerBytes, clock },
  );
  return promise.finally(() => alarm.end());
}

/** Ends an exchange in which nothing happens. */
class SilenceAlarm {
  readonly #controller = new AbortController();
  readonly #endpoint: EndpointLink;
  #cancel: (() => void) | undefined;

  constructor(endpoint: EndpointLink) {
    this.#endpoint = endpoint;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  restart(): void {
    this.end();
    const { clock, settings } = this.#endpoint;
    this.#cancel = clock.after(SILENCE_MS, () => {
      const message = `${settings.name} was silent for ${SILENCE_MS / 1000} s about a file`;
      this.#controller.abort(new CallError('timeout', message));
    });
  }

  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
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
