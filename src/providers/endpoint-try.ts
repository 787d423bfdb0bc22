import type { IncomingHttpHeaders } from 'node:http';
import { CallError } from '../core/call-error.ts';
import type { GenerateOptions, GenerateRequest, Generation } from '../core/model.ts';
import { readWholeAnswer, requireText } from './answer-reader.ts';
import type { ModelLink } from './endpoint-model.ts';
import { type FailureContext, failedStatus } from './errors/failed-answer.ts';
import type { AnswerFormat, ReadAnswer, WrittenRequest } from './provider.ts';
import { refusedMessages } from './refused-messages.ts';
import { requestIdOf } from './request-id.ts';
import { StreamReader } from './stream-reader.ts';
import { DeltaRedactor } from './transport/delta-redactor.ts';
import { type AnswerReceiver, type ByteSink, startExchange } from './transport/exchange.ts';

/** Bodies of these types are read whole, even where a stream was asked for. */
const WHOLE_BODY = /^(application\/json|text\/html)\b/i;

/** One try of a call: the provider writes its request, the transport sends it, the format reads the answer. */
export class EndpointTry implements AnswerReceiver {
  readonly #link: ModelLink;
  readonly #request: GenerateRequest;
  readonly #options: GenerateOptions;
  readonly #resolve: (generation: Generation) => void;
  readonly #reject: (error: unknown) => void;
  readonly #mode: 'chat' | 'completion';
  #headers: IncomingHttpHeaders = {};
  #reader: StreamReader | undefined;
  #deltas: DeltaRedactor | undefined;

  constructor(
    link: ModelLink,
    request: GenerateRequest,
    options: GenerateOptions,
    resolve: (generation: Generation) => void,
    reject: (error: unknown) => void,
  ) {
    this.#link = link;
    this.#request = request;
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#mode = link.endpoint.provider.completionMode ? (request.mode ?? 'chat') : 'chat';
  }

  /** Writes the request and sends it. */
  start(): void {
    const { dispatcher, origin, limits } = this.#link.endpoint;
    let written: WrittenRequest;
    try {
      written = this.#write();
    } catch (error) {
      this.failed(unwritable(error));
      return;
    }
    startExchange(dispatcher, { origin, method: 'POST', ...written }, this, {
      stop: this.#options,
      budget: limits.budget,
      limitBytes: limits.answerBytes,
    });
  }

  /** Decides by the head of a good answer whether its body is read while it comes. */
  sinkFor(headers: IncomingHttpHeaders): ByteSink | undefined {
    const { onDelta } = this.#options;
    this.#headers = headers;
    if (onDelta === undefined || WHOLE_BODY.test(headers['content-type'] ?? '')) return undefined;
    const deltas = new DeltaRedactor(this.#link.endpoint.secrets, onDelta);
    this.#deltas = deltas;
    const reader = new StreamReader(
      this.#format,
      (text) => deltas.push(text),
      (partialText) => this.#context(200, headers, partialText),
    );
    this.#reader = reader;
    return (bytes) => reader.push(bytes);
  }

  answered(status: number, headers: IncomingHttpHeaders, body: Buffer): void {
    try {
      this.#give(this.#read(status, headers, body), requestIdOf(headers));
    } catch (error) {
      this.failed(error);
    }
  }

  failed(error: unknown): void {
    const failure = error instanceof CallError ? this.#withPartialText(error) : unexpected(error);
    this.#reject(this.#link.endpoint.secrets.redactError(failure));
  }

  stopped(reason: unknown): void {
    this.#reject(reason);
  }

  get #format(): AnswerFormat {
    return this.#link.formats[this.#mode];
  }

  #write(): WrittenRequest {
    const { endpoint, address, taker } = this.#link;
    const refusal = refusedMessages(taker, this.#request.messages, this.#mode);
    if (refusal !== null) {
      const message = `The messages cannot be sent: ${refusal.message}`;
      throw new CallError('bad_request', message, { hint: refusal.hint });
    }
    const stream = this.#options.onDelta !== undefined;
    return endpoint.provider.writeRequest(address, { ...this.#request, mode: this.#mode, stream });
  }

  #read(status: number, headers: IncomingHttpHeaders, body: Buffer): ReadAnswer {
    const context = (partialText?: string) => this.#context(status, headers, partialText);
    if (status >= 300) throw failedStatus(body.toString('utf8'), context());
    const streamed = this.#reader?.end();
    if (typeof streamed === 'object') {
      this.#deltas?.end();
      return requireText(streamed, context);
    }
    const answer = readWholeAnswer(streamed ?? body.toString('utf8'), this.#format, context);
    this.#options.onDelta?.(this.#link.endpoint.secrets.redact(answer.texts[0] ?? ''));
    return answer;
  }

  #give({ texts, finishReason, model, usage, id }: ReadAnswer, requestId: string | null): void {
    const { endpoint, address, shownName } = this.#link;
    const { secrets } = endpoint;
    const shownId = requestId ?? id;
    const generation = (costUsd: number | null): Generation => ({
      texts: texts.map((text) => secrets.redact(text)),
      finishReason,
      model: model === null ? null : shownName(model),
      usage,
      costUsd,
      requestId: shownId === null ? null : secrets.redact(shownId),
    });
    const cost = endpoint.cost([model, address.id], usage);
    if (typeof cost === 'number' || cost === null) this.#resolve(generation(cost));
    else cost.then((costUsd) => this.#resolve(generation(costUsd)), this.#reject);
  }

  /** A stream that breaks off keeps what had arrived. */
  #withPartialText(error: CallError): CallError {
    const text = this.#reader?.partialText ?? '';
    if (text === '') return error;
    return new CallError(error.code, error.message, {
      hint: error.hint,
      httpStatus: error.httpStatus ?? 200,
      retryAfterMs: error.retryAfterMs ?? undefined,
      said: error.said ?? undefined,
      requestId: error.requestId ?? requestIdOf(this.#headers) ?? undefined,
      retryable: error.retryable,
      partialText: this.#link.endpoint.secrets.redactBrokenOff(text),
    });
  }

  #context(status: number, headers: IncomingHttpHeaders, partialText?: string): FailureContext {
    const { settings, baseUrl, provider, clock, secrets } = this.#link.endpoint;
    return {
      subject: {
        endpoint: settings.name,
        baseUrl,
        modelId: this.#link.address.id,
        keyVariable: provider.description.keyVariables[0] ?? null,
        hasKey: Boolean(settings.apiKey),
      },
      status,
      headers,
      nowMs: clock.wallMs(),
      requestId: requestIdOf(headers),
      partialText,
      redact: (text) => secrets.redact(text),
    };
  }
}

function unwritable(error: unknown): CallError {
  if (error instanceof CallError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CallError('bad_request', `The request cannot be written: ${message}`);
}

function unexpected(error: unknown): CallError {
  const message = error instanceof Error ? error.message : String(error);
  return new CallError('internal', `The call failed in an unexpected way: ${message}`, {
    cause: error,
    hint: "A defect: of the program's own `onDelta`, if it threw this; else of tutti, please report it.",
  });
}
