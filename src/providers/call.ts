import type { IncomingHttpHeaders } from 'node:http';
import { CallError } from '../core/call-error.ts';
import type { GenerateOptions, GenerateRequest } from '../core/model.ts';
import { readWholeAnswer, requireText } from './answer-reader.ts';
import type { EndpointLink } from './endpoint-link.ts';
import { type FailureContext, failedStatus } from './errors/failed-answer.ts';
import type { AnswerFormat, ReadAnswer, RequestWriter } from './provider.ts';
import { takeRequest } from './request-handover.ts';
import { requestIdOf } from './request-id.ts';
import { StreamReader } from './stream-reader.ts';
import { isPlainText, messagesForSdk, plainPrompt } from './text-messages.ts';
import { DeltaRedactor } from './transport/delta-redactor.ts';
import {
  type ByteSink,
  exchange,
  type HttpAnswer,
  type HttpRequest,
} from './transport/exchange.ts';
import { type BodyChanges, writeBody } from './transport/request-body.ts';
import { finishHeaders } from './transport/request-headers.ts';

/** Bodies of these types are read whole, even where a stream was asked for. */
const WHOLE_BODY = /^(application\/json|text\/html)\b/i;

/** What a call is made of. */
export interface CallParts {
  readonly link: EndpointLink;
  readonly modelId: string;
  readonly mode: 'chat' | 'completion';
  readonly writer: RequestWriter;
  readonly request: GenerateRequest;
  readonly options: GenerateOptions;
}

/** One call: the SDK writes its request, the transport sends it, the format reads the answer. */
export class Call {
  readonly #parts: CallParts;
  readonly #link: EndpointLink;
  readonly #format: AnswerFormat;
  #reader: StreamReader | undefined;
  #deltas: DeltaRedactor | undefined;

  constructor(parts: CallParts) {
    this.#parts = parts;
    this.#link = parts.link;
    this.#format = parts.link.provider.format(parts.mode);
  }

  /**
   * Makes the call.
   *
   * @throws CallError, or the signal's reason.
   */
  async run(): Promise<ReadAnswer> {
    const { onDelta, signal } = this.#parts.options;
    const { dispatcher, limits } = this.#link;
    const request = await this.#write();
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

  async #write(): Promise<HttpRequest> {
    const { writer, request, options } = this.#parts;
    const { origin, provider, headers } = this.#link;
    const messages = messagesForSdk(request.messages);
    const written = await takeRequest(() =>
      writer.write(messages, options.onDelta !== undefined),
    ).catch(unwritable);
    return {
      origin,
      path: written.url.slice(origin.length),
      headers: finishHeaders(written.headers, headers),
      body: writeBody(written.body, provider.parameters, this.#bodyChanges()),
    };
  }

  #bodyChanges(): BodyChanges {
    const { messages, parameters, choices, safetyFilter } = this.#parts.request;
    const { provider } = this.#link;
    const completion = this.#parts.mode === 'completion' ? plainPrompt(messages) : null;
    const native = isPlainText(messages) ? completion : provider.nativeMessages(messages);
    const safety = safetyFilter === undefined ? null : provider.safetyFields?.(safetyFilter);
    const name = provider.choicesParameter;
    return {
      parameters,
      choices: choices > 1 && name !== null ? { name, count: choices } : null,
      fields: native || safety ? { ...native, ...safety } : null,
      unasked: completion === null ? [] : ['stop'],
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
    if (typeof streamed === 'object') {
      this.#deltas?.end();
      const answer = requireText(streamed, context);
      return { ...answer, id: id ?? answer.id };
    }
    const answer = readWholeAnswer(streamed ?? body.toString('utf8'), this.#format, context);
    this.#parts.options.onDelta?.(this.#link.secrets.redact(answer.texts[0] ?? ''));
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
    const { settings, baseUrl, provider, clock, secrets, headers: rules } = this.#link;
    return {
      subject: {
        endpoint: settings.name,
        baseUrl,
        modelId: this.#parts.modelId,
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

function unwritable(error: unknown): never {
  if (error instanceof CallError) throw error;
  const message = error instanceof Error ? error.message : String(error);
  throw new CallError('bad_request', `The request cannot be written: ${message}`);
}
