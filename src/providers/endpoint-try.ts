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
import { formNote, type OtherForm, type RequestForm } from './request-form.ts';
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
type RefusedForm = OtherForm & { readonly error: CallError };

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
  /** Of the answer, once its head is there. */
  #status = 200;
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
    this.#status = 200;
    this.#headers = headers;
    const type = headers['content-type'];
    if (!this.#form.stream || WHOLE_BODY.test(type ?? '')) return undefined;
    const { onDelta } = this.#options;
    const deltas = onDelta && new DeltaRedactor(this.#link.endpoint.secrets, onDelta);
    this.#deltas = deltas;
    const reader = new StreamReader(this.#format, {
      onText: (text) => deltas?.push(text),
      context: this.#context,
      decoder: textReader(type),
      onEvent: this.#eventKeeper(),
    });
    this.#reader = reader;
    return (bytes) => {
      if (reader.push(bytes)) this.#options.onPiece?.();
      else this.#options.onSignOfLife?.();
      return reader.isDone;
    };
  }

  answered(status: number, headers: IncomingHttpHeaders, body: Buffer): void {
    this.sent();
    this.#status = status;
    this.#headers = headers;
    try {
      this.#give(body);
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
      this.#give(Buffer.alloc(0));
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

  #give(body: Buffer): void {
    const headers = this.#headers;
    const answer = this.#answerIn(this.#read(body));
    this.#link.forms.noteAnswered(this.#form, this.#request, this.#refused);
    const raw = this.#request.keepRaw ? this.#rawOf(body) : undefined;
    const note = this.#refused && formNote(this.#form, this.#refused);
    const { level } = this.#form;
    const told = generationOf(this.#link, this.#request, { answer, raw, headers, note, level });
    const end = (generation: Generation) => {
      // How many texts there are is the server's to say, but for embeddings.
      const wanted = this.#mode === 'embedding' ? this.#request.messages.length : undefined;
      const fault = faultIn(answer, generation.finishReason, wanted, this.#context);
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

  #read(body: Buffer): ReadAnswer {
    const type = this.#headers['content-type'];
    if (this.#status >= 300) throw failedStatus(bodyText(body, type), this.#context());
    const streamed = this.#reader?.end();
    if (typeof streamed === 'object') {
      this.#deltas?.end();
      return streamed;
    }
    const whole = streamed ?? bodyText(body, type);
    const answer = readWholeAnswer(whole, this.#format, this.#context, this.#eventKeeper());
    this.#options.onDelta?.(this.#link.endpoint.secrets.redactAnswer(answer.texts[0] ?? ''));
    return answer;
  }

  #eventKeeper(): ((data: string) => void) | undefined {
    if (!this.#request.keepRaw) return undefined;
    this.#events = [];
    const events = this.#events;
    return (data) => events.push(data);
  }

  #rawOf(body: Buffer): string | readonly string[] {
    return this.#events?.length ? this.#events : bodyText(body, this.#headers['content-type']);
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

  readonly #context = (partialText?: string): FailureContext => {
    const { endpoint, address } = this.#link;
    const found = { status: this.#status, headers: this.#headers, partialText };
    return contextAt(endpoint, { asked: address.id, ...found });
  };
}

/** Only some have the older form; where there is none, it is a chat. */
function modeOf({ endpoint }: ModelLink, { mode = 'chat' }: GenerateRequest): RequestMode {
  return mode === 'completion' && !endpoint.provider.completionMode ? 'chat' : mode;
}
