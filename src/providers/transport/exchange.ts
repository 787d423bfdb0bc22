import type { IncomingHttpHeaders } from 'node:http';
import type { Transform } from 'node:stream';
import type { Dispatcher } from 'undici';
import { CallError } from '../../core/call-error.ts';
import type { Clock } from '../../core/clock.ts';
import type { GenerateOptions } from '../../core/model.ts';
import { type BodyBudget, BudgetHolder } from './body-budget.ts';
import { BodyBytes } from './body-bytes.ts';
import type { Connections } from './connection-set.ts';
import { encodingOf, refusedEncoding } from './inflater.ts';
import { unexpectedRedirect } from './redirect.ts';
import { transportFailure } from './transport-failure.ts';

/** So long a server may take to end an answer that is complete; then its connection is closed. */
const CLOSING_MS = 1_000;
/** How often an answer that waits is told to be waiting. */
const WAITING_MS = 1_000;
/** What is kept of the body of an answer that is an error anyway. */
const ERROR_BODY_LIMIT_BYTES = 256 * 1024;

/**
 * Receives the inflated bytes of an answer that is read while it arrives; what it throws ends it, and so does `true`:
 * it needs no more.
 */
export type ByteSink = (bytes: Buffer) => boolean;

/** A request, ready to be sent. */
export interface HttpRequest {
  readonly origin: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A text, or bytes whose number is in the headers. */
  readonly body: string | Iterable<Buffer> | AsyncIterable<Buffer> | null;
}

/** What an answer is given to. One of `answered`, `failed` and `stopped` is called, once. */
export interface AnswerReceiver {
  /** Told when the whole request has been handed to the connection. */
  sent?(): void;
  /** Asked once the head of a good answer is there: a sink if its body is to be read as it comes. */
  sinkFor(headers: IncomingHttpHeaders): ByteSink | undefined;
  /** The whole answer; its body is empty when it went to a sink, and is gone once this has returned. */
  answered(status: number, headers: IncomingHttpHeaders, body: Buffer): void;
  /** A CallError. */
  failed(error: unknown): void;
  /** It waits for our own sake, not the server's: told when it begins to, each second, and for what comes after it. */
  heldBack(): void;
  /** The caller's own reason, when it ended the exchange. */
  stopped(reason: unknown): void;
}

/** The rules of an exchange. */
export interface ExchangeOptions {
  /** How the exchange is ended early. */
  readonly stop: Pick<GenerateOptions, 'signal' | 'onStop'>;
  readonly budget: BodyBudget;
  /** The most bytes of a body, after inflation. */
  readonly limitBytes: number;
  readonly clock: Clock;
}

/** Sends one request and reads its answer, within the limits on size, without following redirects. */
export function startExchange(
  dispatcher: Pick<Connections, 'dispatch'>,
  request: HttpRequest,
  receiver: AnswerReceiver,
  options: ExchangeOptions,
): void {
  const { stop } = options;
  const handler = new Exchange(request.origin, receiver, options);
  if (stop.onStop) stop.onStop((reason) => handler.stop(reason));
  else if (stop.signal.aborted) handler.stop(stop.signal.reason);
  else stop.signal.addEventListener('abort', handler);
  if (handler.hasEnded) return;
  try {
    dispatcher.dispatch(request as Dispatcher.DispatchOptions, handler);
  } catch (error) {
    handler.onResponseError(undefined, error);
  }
}

class Exchange extends BudgetHolder implements Dispatcher.DispatchHandler {
  readonly #origin: string;
  readonly #receiver: AnswerReceiver;
  readonly #options: ExchangeOptions;
  readonly #body = new BodyBytes();
  /** Of the body as it is kept; NaN when that is not known. */
  #declaredBytes = Number.NaN;
  #controller: Dispatcher.DispatchController | undefined;
  #inflater: Transform | undefined;
  #sink: ByteSink | undefined;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #encodedBytes = 0;
  #cancelClosing: (() => void) | undefined;
  #cancelWaiting: (() => void) | undefined;
  #hasWaited = false;
  #settled = false;

  constructor(origin: string, receiver: AnswerReceiver, options: ExchangeOptions) {
    super();
    this.#origin = origin;
    this.#receiver = receiver;
    this.#options = options;
  }

  get hasEnded(): boolean {
    return this.#settled;
  }

  handleEvent(): void {
    this.stop(this.#options.stop.signal.reason);
  }

  stop(reason: unknown): void {
    if (this.#settled) return;
    this.#end();
    this.#receiver.stopped(reason);
  }

  pause(): void {
    this.#controller?.pause();
    this.#inflater?.pause();
    this.#wait();
  }

  resume(): void {
    this.#cancelWaiting?.();
    this.#cancelWaiting = undefined;
    if (this.#settled) return;
    this.#inflater?.resume();
    this.#controller?.resume();
  }

  #wait(): void {
    this.#hasWaited = true;
    this.#receiver.heldBack();
    if (this.#settled) return;
    this.#cancelWaiting = this.#options.clock.after(WAITING_MS, () => {
      this.#wait();
      this.#options.budget.nudge(this.#options.clock.monotonicMs());
    });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#settled) controller.abort(STOPPED);
  }

  onRequestSent(): void {
    this.#receiver.sent?.();
  }

  onResponseStart(_: unknown, status: number, headers: IncomingHttpHeaders): void {
    if (this.#settled || status < 200) return;
    this.#status = status;
    this.#headers = headers;
    if (status >= 300 && status < 400) {
      this.#fail(unexpectedRedirect(status, headers, this.#origin));
      return;
    }
    const encoding = encodingOf(headers['content-encoding']);
    if (encoding === 'refused') {
      this.#fail(refusedEncoding(headers, status));
      return;
    }
    if (status < 300 && Number(headers['content-length']) > this.#options.limitBytes) {
      this.#failTooLarge();
      return;
    }
    if (status < 300 && !this.#takeSink(headers)) return;
    const declaredBytes = Number(headers['content-length']);
    if (encoding === 'none') this.#declaredBytes = declaredBytes;
    else this.#inflate(encoding());
    this.#options.budget.enter(this, declaredBytes);
  }

  #takeSink(headers: IncomingHttpHeaders): boolean {
    try {
      this.#sink = this.#receiver.sinkFor(headers);
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    if (this.#settled) return;
    if (this.#inflater === undefined) {
      this.#take(chunk);
      return;
    }
    this.#encodedBytes += chunk.length;
    if (this.#encodedBytes > this.#options.limitBytes) {
      this.#failTooLarge();
      return;
    }
    this.#inflater.write(chunk);
  }

  onResponseEnd(): void {
    this.#cancelClosing?.();
    if (this.#inflater === undefined) this.#finish();
    else this.#inflater.end();
  }

  onResponseError(_: unknown, error: unknown): void {
    this.#cancelClosing?.();
    if (!this.#settled) this.#fail(transportFailure(error, this.#origin, this.#status !== 0));
  }

  #inflate(inflater: Transform): void {
    this.#inflater = inflater;
    inflater.on('data', (bytes: Buffer) => {
      if (!this.#settled) this.#take(bytes);
    });
    inflater.on('end', () => this.#finish());
    inflater.on('error', (error) => {
      const message = `The answer cannot be inflated: ${error.message}`;
      this.#fail(new CallError('response_truncated', message, { httpStatus: this.#status }));
    });
  }

  #take(bytes: Buffer): void {
    this.heldBytes += bytes.length;
    this.#options.budget.add(this, bytes.length);
    if (this.#settled) return;
    if (this.#hasWaited) this.#receiver.heldBack();
    if (this.heldBytes > this.#options.limitBytes) {
      this.#failTooLarge();
      return;
    }
    if (this.#sink === undefined) {
      this.#body.add(bytes, this.#declaredBytes);
      if (this.#status >= 400 && this.heldBytes > ERROR_BODY_LIMIT_BYTES) this.#finish();
      return;
    }
    try {
      if (this.#sink(bytes)) this.#finishEarly();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The answer is complete; what may follow is not read, and the connection is kept if it ends soon. */
  #finishEarly(): void {
    this.#cancelClosing = this.#options.clock.after(CLOSING_MS, () => {
      this.#controller?.abort(STOPPED);
    });
    this.#finish();
  }

  #finish(): void {
    if (this.#settled) return;
    this.#settle();
    this.#receiver.answered(this.#status, this.#headers, this.#body.view());
    this.#body.drop();
    if (this.#status >= 400 && this.heldBytes > ERROR_BODY_LIMIT_BYTES)
      this.#controller?.abort(STOPPED);
  }

  #failTooLarge(): void {
    const mebibytes = Math.round((this.#options.limitBytes / 1024 / 1024) * 10) / 10;
    this.#fail(tooLarge(`The answer is larger than ${mebibytes} MiB`));
  }

  #fail(error: unknown): void {
    if (this.#settled) return;
    this.#end();
    this.#receiver.failed(error);
  }

  /** Settles, and lets go of what has come and of the connection. */
  #end(): void {
    this.#settle();
    this.#body.drop();
    this.#inflater?.destroy();
    this.#controller?.abort(STOPPED);
  }

  #settle(): void {
    this.#settled = true;
    this.#cancelWaiting?.();
    const { stop } = this.#options;
    if (!stop.onStop) stop.signal.removeEventListener('abort', this);
    this.#options.budget.leave(this);
  }
}

const STOPPED = new Error('The exchange has ended');

function tooLarge(message: string): CallError {
  return new CallError('response_too_large', message, {
    hint: "A model's answer is never this large: is the address really an API?",
  });
}
