import type { IncomingHttpHeaders } from 'node:http';
import { CallError } from '../core/call-error.ts';
import { type MediaPart, partsWithBytes } from '../core/media-part.ts';
import type {
  GenerateOptions,
  GenerateRequest,
  Generation,
  GenerationReceiver,
  RequestMode,
} from '../core/model.ts';
import { faultIn, paidFor, unexpected } from './answer-faults.ts';
import { readWholeAnswer } from './answer-reader.ts';
import { sendAs } from './authorised-exchange.ts';
import { contextAt } from './context-at.ts';
import type { ModelLink } from './endpoint-model.ts';
import { type FailureContext, failedStatus } from './errors/failed-answer.ts';
import { generationOf } from './generation-of.ts';
import type { MediaSlots } from './media-slots.ts';
import type { AnswerFormat, ReadAnswer } from './provider.ts';
import { formNote, type RequestForm } from './request-form.ts';
import { requestIdOf } from './request-id.ts';
import { bringMedia } from './request-media.ts';
import { StreamReader } from './stream-reader.ts';
import { withToolText } from './tool-answer.ts';
import { DeltaRedactor } from './transport/delta-redactor.ts';
import {
  type AnswerReceiver,
  type ByteSink,
  type HttpRequest,
  startExchange,
} from './transport/exchange.ts';
import { bodyText, textReader } from './transport/text-encoding.ts';
import { unwritable, writeTry } from './write-try.ts';

/** Bodies of these types are read whole, even where a stream was asked for. */
const WHOLE_BODY = /^(application\/json|text\/html)\b/i;
/** A try is sent in no more forms than these: as it is, without `stream_options`, the other way, at two lower levels. */
const MAX_FORMS = 5;
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
  readonly #receiver: GenerationReceiver;
  readonly #mode: RequestMode;
  #form: RequestForm;
  #formsTried = 1;
  #refused: RefusedForm | undefined;
  #sentMs = 0;
  #headers: IncomingHttpHeaders = {};
  #reader: StreamReader | undefined;
  #deltas: DeltaRedactor | undefined;
  #media: MediaSlots | undefined;
  /** The events of a stream, where the body is to be kept. */
  #events: string[] | undefined;

  constructor(
    link: ModelLink,
    request: GenerateRequest,
    options: GenerateOptions,
    receiver: GenerationReceiver,
  ) {
    this.#link = link;
    this.#request = request;
    this.#options = options;
    this.#receiver = receiver;
    this.#mode = modeOf(link, request);
    this.#form = link.forms.formOf(request, options.onDelta !== undefined);
  }

  /** Brings what the request needs, writes it and sends it. */
  start(): void {
    const parts = partsWithBytes(this.#request.messages);
    if (parts.length === 0) this.#send();
    else void this.#bring(parts);
  }

  async #bring(parts: readonly MediaPart[]): Promise<void> {
    const { onPreparing } = this.#options;
    const { taker, files } = this.#link;
    onPreparing?.(true);
    try {
      this.#media = await bringMedia(parts, { rules: taker.media, files });
    } catch (error) {
      this.#end(error instanceof CallError ? error : unexpected(error));
      return;
    }
    onPreparing?.(false);
    this.#send();
  }

  #send(): void {
    const { dispatcher, limits, clock, account } = this.#link.endpoint;
    let written: HttpRequest;
    try {
      written = writeTry(this.#link, {
        request: this.#request,
        mode: this.#mode,
        form: this.#form,
        media: this.#media,
      });
    } catch (error) {
      this.#end(unwritable(error));
      return;
    }
    this.#sentMs = clock.monotonicMs();
    const { budget, answerBytes: limitBytes } = limits;
    const options = { stop: this.#options, budget, limitBytes, clock };
    const send = (request: HttpRequest) => startExchange(dispatcher, request, this, options);
    account ? sendAs(account, written, this, this.#options, send) : send(written);
  }

  /** What is sent, or never will be, need not stay in memory. */
  sent(): void {
    this.#media?.release();
    this.#media = undefined;
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
    this.sent();
    try {
      this.#give(status, headers, body);
    } catch (error) {
      this.failed(error);
    }
  }

  failed(error: unknown): void {
    this.sent();
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
    } else this.#end(this.#isAsFirst(error) ? this.#refused!.error : error);
  }

  /** True where an error says no more than that which the first form was refused with. */
  #isAsFirst(error: CallError): boolean {
    return this.#refused !== undefined && !error.retryable && error.scope !== 'row';
  }

  /** What is held back is on its way, and no time-out of its own counts. */
  heldBack(): void {
    this.#options.onPiece?.();
  }

  stopped(reason: unknown): void {
    this.sent();
    if (!(reason instanceof CallError && this.#rescues(reason))) this.#receiver.failed(reason);
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
    this.sent();
    const { secrets } = this.#link.endpoint;
    this.#receiver.failed(secrets.redactError(this.#withPartialText(error)));
  }

  get #format(): AnswerFormat {
    return this.#link.formats[this.#mode];
  }

  #give(status: number, headers: IncomingHttpHeaders, body: Buffer): void {
    const answer = this.#answerIn(this.#read(status, headers, body));
    this.#link.forms.noteAnswered(this.#form, this.#request, this.#refused);
    const raw = this.#request.keepRaw ? this.#rawOf(headers, body) : undefined;
    const note = this.#refused && formNote(this.#form, this.#refused);
    const { level } = this.#form;
    const told = generationOf(this.#link, this.#request, { answer, raw, headers, note, level });
    const end = (generation: Generation) => {
      const context = (text?: string) => this.#context(status, headers, text);
      const fault = faultIn(answer, generation.finishReason, this.#textsWanted, context);
      if (fault === undefined) this.#receiver.answered(generation);
      else this.#end(paidFor(fault, generation));
    };
    if (told instanceof Promise) told.then(end, (error) => this.#receiver.failed(error));
    else end(told);
  }

  /** The input of the tool that takes the answer is the answer. */
  #answerIn(read: ReadAnswer): ReadAnswer {
    const { tool } = this.#link.endpoint.provider.schemaFields ?? {};
    if (tool === undefined || this.#form.level !== 'json_schema') return read;
    return withToolText(read, tool);
  }

  /** How many texts the answer must have; undefined where their number is the server's. */
  get #textsWanted(): number | undefined {
    return this.#mode === 'embedding' ? this.#request.messages.length : undefined;
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
    const { endpoint, address } = this.#link;
    return contextAt(endpoint, { asked: address.id, status, headers, partialText });
  }
}

/** Only some have the older form; where there is none, it is a chat. */
function modeOf({ endpoint }: ModelLink, { mode = 'chat' }: GenerateRequest): RequestMode {
  return mode === 'completion' && !endpoint.provider.completionMode ? 'chat' : mode;
}
