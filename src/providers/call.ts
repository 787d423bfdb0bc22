import type { IncomingHttpHeaders } from 'node:http';
import { CallError } from '../core/call-error.ts';
import type { GenerateOptions, GenerateRequest } from '../core/model.ts';
import { readWholeAnswer, requireText } from './answer-reader.ts';
import type { EndpointLink } from './endpoint-link.ts';
import { type FailureContext, failedStatus } from './errors/failed-answer.ts';
import type { AnswerFormat, ReadAnswer } from './provider.ts';
import { requestIdOf } from './request-id.ts';
import { StreamReader } from './stream-reader.ts';
import { isPlainText, messagesForSdk } from './text-messages.ts';
import { DeltaRedactor } from './transport/delta-redactor.ts';
import { type ByteSink, exchange, type HttpAnswer } from './transport/exchange.ts';
import { type BodyChanges, writeBody } from './transport/request-body.ts';
import { finishHeaders } from './transport/request-headers.ts';

/** Ends the SDK's part of a call: its request has been taken over. */
const TAKEN = { name: 'RequestTaken' };
/** Bodies of these types are read whole, even where a stream was asked for. */
const WHOLE_BODY = /^(application\/json|text\/html)\b/i;

/** One call: the SDK writes its request, the transport sends it, the format reads the answer. */
export class Call {
  readonly #link: EndpointLink;
  readonly #modelId: string;
  readonly #request: GenerateRequest;
  readonly #options: GenerateOptions;
  readonly #format: AnswerFormat;
  readonly #mode: 'chat' | 'completion';
  #reader: StreamReader | undefined;
  #deltas: DeltaRedactor | undefined;

  constructor(
    link: EndpointLink,
    modelId: string,
    request: GenerateRequest,
    options: GenerateOptions,
  ) {
    this.#link = link;
    this.#modelId = modelId;
    this.#request = request;
    this.#options = options;
    this.#mode = link.provider.completionMode ? (request.mode ?? 'chat') : 'chat';
    this.#format = link.provider.format(this.#mode);
  }

  /**
   * Makes the call.
   *
   * @throws CallError, or the signal's reason.
   */
  run(): Promise<ReadAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<ReadAnswer>();
    const sink = async (url: unknown, init?: RequestInit): Promise<never> => {
      this.#send(String(url), init ?? {}).then(resolve, reject);
      throw TAKEN;
    };
    // Once the sink has the request, whatever the SDK still does or throws is of no interest.
    this.#write(sink).catch((error: unknown) => {
      if (error !== TAKEN) reject(unwritable(error));
    });
    return promise;
  }

  async #write(sink: (url: unknown, init?: RequestInit) => Promise<never>): Promise<void> {
    const { provider, connection } = this.#link;
    await provider.write(
      {
        modelId: this.#modelId,
        mode: this.#mode,
        stream: this.#options.onDelta !== undefined,
        messages: messagesForSdk(this.#request.messages),
        sink,
      },
      connection,
    );
  }

  async #send(url: string, init: RequestInit): Promise<ReadAnswer> {
    const { dispatcher, origin, provider, headers, limits } = this.#link;
    const request = {
      origin,
      path: url.slice(origin.length),
      headers: finishHeaders(init.headers, headers),
      body: writeBody(init.body as string, provider.parameters, this.#bodyChanges()),
    };
    const { onDelta, signal } = this.#options;
    let head: IncomingHttpHeaders = {};
    const sinkFor = (given: IncomingHttpHeaders) => {
      head = given;
      return onDelta && this.#openStream(given, onDelta);
    };
    try {
      const answer = await exchange(dispatcher, request, {
        signal,
        sinkFor,
        budget: limits.budget,
        limitBytes: limits.answerBytes,
      });
      return this.#read(answer);
    } catch (error) {
      throw this.#reader ? this.#withPartialText(error, head) : error;
    }
  }

  #bodyChanges(): BodyChanges {
    const { messages, parameters, choices, safetyFilter } = this.#request;
    const { provider } = this.#link;
    const native = isPlainText(messages) ? null : provider.nativeMessages(messages);
    const safety = safetyFilter === undefined ? null : provider.safetyFields?.(safetyFilter);
    const name = provider.choicesParameter;
    return {
      parameters,
      choices: choices > 1 && name !== null ? { name, count: choices } : null,
      fields: native || safety ? { ...native, ...safety } : null,
    };
  }

  /** Decides by the head of the answer whether its body is read while it comes. */
  #openStream(headers: IncomingHttpHeaders, onDelta: (text: string) => void): ByteSink | undefined {
    if (WHOLE_BODY.test(headers['content-type'] ?? '')) return undefined;
    this.#deltas = new DeltaRedactor(this.#link.secrets, onDelta);
    const reader = new StreamReader(
      this.#format,
      (text) => this.#deltas?.push(text),
      (partialText) => this.#context(200, headers, partialText),
    );
    this.#reader = reader;
    return (bytes) => reader.push(bytes);
  }

  #read({ status, headers, body }: HttpAnswer): ReadAnswer {
    const context = this.#context(status, headers);
    if (status >= 300) throw failedStatus(body.toString('utf8'), context);
    const id = context.requestId;
    const streamed = this.#reader?.end();
    if (streamed !== undefined && !Buffer.isBuffer(streamed)) {
      this.#deltas?.end();
      const answer = requireText(streamed, context);
      return { ...answer, id: id ?? answer.id };
    }
    const answer = readWholeAnswer((streamed ?? body).toString('utf8'), this.#format, context);
    this.#options.onDelta?.(this.#link.secrets.redact(answer.texts[0] ?? ''));
    return { ...answer, id: id ?? answer.id };
  }

  /** A stream that breaks off keeps what had arrived. */
  #withPartialText(error: unknown, headers: IncomingHttpHeaders): unknown {
    const text = this.#reader?.partialText ?? '';
    if (!(error instanceof CallError) || text === '') return error;
    return new CallError(error.code, error.message, {
      hint: error.hint,
      httpStatus: error.httpStatus ?? 200,
      retryAfterMs: error.retryAfterMs ?? undefined,
      requestId: error.requestId ?? requestIdOf(headers) ?? undefined,
      retryable: error.retryable,
      partialText: this.#link.secrets.redactBrokenOff(text),
    });
  }

  #context(status: number, headers: IncomingHttpHeaders, partialText?: string): FailureContext {
    const { settings, connection, provider, clock, secrets, headers: rules } = this.#link;
    return {
      subject: {
        endpoint: settings.name,
        baseUrl: connection.baseUrl,
        modelId: this.#modelId,
        keyVariable: provider.description.keyVariables[0] ?? null,
        hasKey: rules.hasKey,
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
