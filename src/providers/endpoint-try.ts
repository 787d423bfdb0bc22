import type { IncomingHttpHeaders } from 'node:http';
import { CallError } from '../core/call-error.ts';
import type { GenerateOptions, GenerateRequest, Generation } from '../core/model.ts';
import { faultOf, isHollow, readWholeAnswer } from './answer-reader.ts';
import { sendAs } from './authorised-exchange.ts';
import type { ModelLink } from './endpoint-model.ts';
import { type FailureContext, failedStatus, failure } from './errors/failed-answer.ts';
import { generationOf } from './generation-of.ts';
import type { AnswerFormat, ReadAnswer, WrittenRequest } from './provider.ts';
import { refusedMessages } from './refused-messages.ts';
import { formNote, type RequestForm } from './request-form.ts';
import { requestIdOf } from './request-id.ts';
import { StreamReader } from './stream-reader.ts';
import { DeltaRedactor } from './transport/delta-redactor.ts';
import {
  type AnswerReceiver,
  type ByteSink,
  type HttpRequest,
  startExchange,
} from './transport/exchange.ts';
import { bodyText, textReader } from './transport/text-encoding.ts';

/** Bodies of these types are read whole, even where a stream was asked for. */
const WHOLE_BODY = /^(application\/json|text\/html)\b/i;
/** A try is sent in no more forms than these: as it is, without `stream_options`, the other way. */
const MAX_FORMS = 3;
/** What cuts a connection, or ends the waiting for one that stays open. */
const CUT_OFF: ReadonlySet<string> = new Set(['connection_reset', 'response_truncated', 'timeout']);
/** The status with which a middleman says that the server behind it was silent for too long. */
const SILENT_STATUS = 524;

/** The form that was refused first, what the server said against it, and the error that it was. */
interface RefusedForm {
  readonly form: RequestForm;
  readonly because: string;
  readonly error: CallError;
}

/** One try of a call: the provider writes its request, the transport sends it, the format reads the answer. */
export class EndpointTry implements AnswerReceiver {
  readonly #link: ModelLink;
  readonly #request: GenerateRequest;
  readonly #options: GenerateOptions;
  readonly #resolve: (generation: Generation) => void;
  readonly #reject: (error: unknown) => void;
  readonly #mode: 'chat' | 'completion';
  #form: RequestForm;
  #formsTried = 1;
  #refused: RefusedForm | undefined;
  #sentMs = 0;
  #headers: IncomingHttpHeaders = {};
  #reader: StreamReader | undefined;
  #deltas: DeltaRedactor | undefined;
  /** The events of a stream, where the body is to be kept. */
  #events: string[] | undefined;

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
    this.#form = link.forms.formOf(request, options.onDelta !== undefined);
  }

  /** Writes the request and sends it. */
  start(): void {
    const { dispatcher, origin, limits, clock, account } = this.#link.endpoint;
    const { budget, answerBytes: limitBytes } = limits;
    let written: WrittenRequest;
    try {
      written = this.#write();
    } catch (error) {
      this.#end(unwritable(error));
      return;
    }
    this.#sentMs = clock.monotonicMs();
    const stop = this.#options;
    const send = (request: HttpRequest) =>
      startExchange(dispatcher, request, this, { stop, budget, limitBytes, clock });
    sendAs(account, { origin, method: 'POST', ...written }, this, stop, send);
  }

  /** Decides by the head of a good answer whether its body is read while it comes. */
  sinkFor(headers: IncomingHttpHeaders): ByteSink | undefined {
    this.#headers = headers;
    const type = headers['content-type'];
    if (!this.#form.stream || WHOLE_BODY.test(type ?? '')) return undefined;
    const { onDelta, onPiece } = this.#options;
    const deltas = onDelta && new DeltaRedactor(this.#link.endpoint.secrets, onDelta);
    this.#deltas = deltas;
    const reader = new StreamReader(this.#format, {
      onText: (text) => deltas?.push(text),
      context: (partialText) => this.#context(200, headers, partialText),
      decoder: textReader(type),
      onEvent: this.#eventKeeper(),
    });
    this.#reader = reader;
    return (bytes) => {
      reader.push(bytes);
      if (onPiece !== undefined && reader.hasBegun) this.#options.onPiece?.();
      return reader.isDone;
    };
  }

  answered(status: number, headers: IncomingHttpHeaders, body: Buffer): void {
    try {
      this.#give(status, headers, body);
    } catch (error) {
      this.failed(error);
    }
  }

  failed(error: unknown): void {
    if (!(error instanceof CallError)) {
      this.#end(unexpected(error));
      return;
    }
    if (this.#rescues(error)) return;
    const { forms, endpoint } = this.#link;
    if (error.code === 'connection_reset' || error.httpStatus === SILENT_STATUS) {
      forms.noteCut(this.#request, endpoint.clock.monotonicMs() - this.#sentMs);
    }
    // What has begun to answer did not refuse the form; asked again, it would be paid and told twice.
    const hasText = Boolean(this.#reader?.partialText);
    const other = hasText ? undefined : forms.instead(error, this.#form, this.#request);
    if (other !== undefined && this.#formsTried < MAX_FORMS) {
      this.#refused ??= { form: this.#form, because: other.because, error };
      this.#tryAgain(other.form);
    } else this.#end(this.#refused && !error.retryable ? this.#refused.error : error);
  }

  /** What is held back is on its way, and no time-out of its own counts. */
  heldBack(): void {
    this.#options.onPiece?.();
  }

  stopped(reason: unknown): void {
    if (!(reason instanceof CallError && this.#rescues(reason))) this.#reject(reason);
  }

  /** Takes an answer that had come to its end before its connection was cut, or was left open. */
  #rescues(error: CallError): boolean {
    if (!this.#reader?.isWhole || !CUT_OFF.has(error.code)) return false;
    try {
      this.#give(200, this.#headers, Buffer.alloc(0));
      return true;
    } catch {
      return false;
    }
  }

  #tryAgain(form: RequestForm): void {
    this.#formsTried++;
    this.#form = form;
    this.#reader = undefined;
    this.#events = undefined;
    this.#headers = {};
    this.start();
  }

  #end(error: CallError): void {
    const { secrets } = this.#link.endpoint;
    this.#reject(secrets.redactError(this.#withPartialText(error)));
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
    const written = endpoint.provider.writeRequest(address, {
      ...this.#request,
      mode: this.#mode,
      stream: this.#form.stream,
      streamOptions: this.#form.streamOptions,
    });
    return endpoint.finishPath === null
      ? written
      : { ...written, path: endpoint.finishPath(written.path, address.id) };
  }

  #give(status: number, headers: IncomingHttpHeaders, body: Buffer): void {
    const answer = this.#read(status, headers, body);
    this.#link.forms.noteAnswered(this.#form, this.#request, this.#refused);
    const raw = this.#request.keepRaw ? this.#rawOf(headers, body) : undefined;
    const note = this.#refused && formNote(this.#form, this.#refused);
    const told = generationOf(this.#link, this.#request, { answer, raw, headers, note });
    const end = (generation: Generation) => {
      const context = (text?: string) => this.#context(status, headers, text);
      const fault =
        faultOf(answer, context) ??
        (isHollow(answer) ? hollow(generation.finishReason, context()) : undefined);
      if (fault === undefined) this.#resolve(generation);
      else this.#end(paidFor(fault, generation));
    };
    if (told instanceof Promise) told.then(end, this.#reject);
    else end(told);
  }

  #read(status: number, headers: IncomingHttpHeaders, body: Buffer): ReadAnswer {
    const context = (partialText?: string) => this.#context(status, headers, partialText);
    const text = () => bodyText(body, headers['content-type']);
    if (status >= 300) throw failedStatus(text(), context());
    const streamed = this.#reader?.end();
    if (typeof streamed === 'object') {
      this.#deltas?.end();
      return streamed;
    }
    const whole = streamed ?? text();
    const answer = readWholeAnswer(whole, this.#format, context, this.#eventKeeper());
    this.#options.onDelta?.(this.#link.endpoint.secrets.redactAnswer(answer.texts[0] ?? ''));
    return answer;
  }

  #eventKeeper(): ((data: string) => void) | undefined {
    if (!this.#request.keepRaw) return undefined;
    this.#events = [];
    const events = this.#events;
    return (data) => events.push(data);
  }

  #rawOf(headers: IncomingHttpHeaders, body: Buffer): string | readonly string[] {
    return this.#events?.length ? this.#events : bodyText(body, headers['content-type']);
  }

  /** A stream that breaks off keeps what had arrived. */
  #withPartialText(error: CallError): CallError {
    const text = this.#reader?.partialText ?? '';
    if (text === '') return error;
    return error.with({
      httpStatus: error.httpStatus ?? 200,
      requestId: error.requestId ?? requestIdOf(this.#headers) ?? undefined,
      partialText: this.#link.endpoint.secrets.redactBrokenOff(text),
    });
  }

  #context(status: number, headers: IncomingHttpHeaders, partialText?: string): FailureContext {
    const { settings, baseUrl, provider, clock, secrets, account } = this.#link.endpoint;
    return {
      subject: {
        endpoint: settings.name,
        baseUrl,
        modelId: this.#link.address.id,
        keyVariable: account?.where ?? provider.description.keyVariables[0] ?? null,
        hasKey: Boolean(settings.apiKey ?? account),
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

/** The error of an answer in which there is nothing. */
function hollow(finishReason: string | null, context: FailureContext): CallError {
  return finishReason === 'length'
    ? failure('cut_before_text', 'the token limit was reached before the first word', context)
    : failure('empty_answer', 'the answer has no text, no tool call and no media', context);
}

/** The error of an answer that was paid for, which is kept as far as it goes. */
function paidFor(error: CallError, { texts: _, requestId, ...paid }: Generation): CallError {
  return error.with({ paid, requestId: error.requestId ?? requestId ?? undefined });
}

function unwritable(error: unknown): CallError {
  if (error instanceof CallError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CallError('bad_request', `The request cannot be written: ${message}`);
}

function unexpected(error: unknown): CallError {
  // The stack was not deep enough for a body that is lists within lists.
  if (error instanceof RangeError) {
    return new CallError('response_not_json', 'The answer is nested too deeply to be read');
  }
  const message = error instanceof Error ? error.message : String(error);
  return new CallError('internal', `The call failed in an unexpected way: ${message}`, {
    cause: error,
    hint: "A defect: of the program's own `onDelta`, if it threw this; else of tutti, please report it.",
  });
}
