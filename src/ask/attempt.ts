import { CallError } from '../core/call-error.ts';
import type { Clock } from '../core/clock.ts';
import { Linked, type LinkedSet } from '../core/linked-set.ts';
import type { GenerateOptions, Generation, GenerationReceiver } from '../core/model.ts';
import type { Deadline, Deadlines } from '../scheduler/index.ts';
import type { Work } from './work.ts';

/** A model that was told to stop has this long to say what it had so far. */
const LAST_WORD_MS = 100;

/** How one try of a call ended. */
export interface AttemptResult {
  readonly outcome: Generation | CallError;
  readonly latencyMs: number;
  readonly firstTokenMs: number | null;
  /** How long a stream flowed, from its first piece to its end; 0 for what was not streamed. */
  readonly flowMs: number;
}

/** What every attempt of a lane shares. */
export interface AttemptContext {
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  readonly timeoutMs: number;
  /** For streams that have begun: how long each may be silent. */
  readonly silences: Deadlines;
  readonly idleTimeoutMs: number;
  /** Those under way. */
  readonly running: LinkedSet<Attempt>;
}

/**
 * One try of a call, under its time-out, which tells once how it ended. It ends with the time-out or the stop even if
 * the model takes no notice of its signal; what such a model says later is dropped. A stream has as long as it flows:
 * from its first piece on only its silences count. What only keeps it alive breaks a silence, but not for longer than a
 * call may take: else it could go on for ever. What is brought before the call is sent has any time.
 *
 * The model is handed the attempt itself. Its signal is made when it is first read: most calls end by themselves, and
 * one for each would cost as much as the rest of a try.
 */
export class Attempt extends Linked implements GenerateOptions, GenerationReceiver {
  readonly onDelta?: (text: string) => void;
  readonly #work: Work;
  readonly #context: AttemptContext;
  readonly #onEnd: (result: AttemptResult) => void;
  #startMs: number;
  #firstTokenMs: number | null = null;
  #firstPieceMs: number | undefined;
  #lastPieceMs = 0;
  #deadline: Deadline | undefined;
  #silence: Deadline | undefined;
  /** Where its deadline is another than that of the lane's others. */
  #cancelDeadline: (() => void) | undefined;
  #cancelLastWord: (() => void) | undefined;
  #controller: AbortController | undefined;
  #listener: ((reason: unknown) => void) | undefined;
  #stopped: { readonly reason: unknown } | undefined;
  #isBegun = false;
  #ended = false;

  /** Begins the try. */
  constructor(work: Work, context: AttemptContext, onEnd: (result: AttemptResult) => void) {
    super();
    this.#work = work;
    this.#context = context;
    this.#onEnd = onEnd;
    this.#startMs = context.clock.monotonicMs();
    const { call } = work;
    if (call.onDelta) this.onDelta = this.#noteDelta.bind(this, call.onDelta);
    this.#startDeadline();
    work.attempt = this;
    context.running.add(this);
    try {
      const { model, request } = call;
      if (model.start) model.start(request, this, this);
      else model.generate(request, this).then(this.answered.bind(this), this.failed.bind(this));
    } catch (error) {
      this.failed(error);
    }
    this.#isBegun = true;
  }

  answered(generation: Generation): void {
    // Nobody hears of the end of a try before its beginning.
    if (!this.#isBegun) queueMicrotask(() => this.answered(generation));
    else if (isGeneration(generation)) this.#end(generation);
    else this.failed(new TypeError('the model gave something else than a generation'));
  }

  failed(error: unknown): void {
    if (!this.#isBegun) queueMicrotask(() => this.failed(error));
    else this.#fail(this.#stopped ? lastWordOf(error, this.#stopped.reason) : error);
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#stopped) this.#controller.abort(this.#stopped.reason);
    return this.#controller.signal;
  }

  onStop(listener: (reason: unknown) => void): void {
    this.#listener = listener;
    if (this.#stopped) listener(this.#stopped.reason);
  }

  // Functions of their own when they are read: a model may take them out of its options.
  get onPiece(): () => void {
    return () => this.#notePiece();
  }

  get onSignOfLife(): () => void {
    return () => this.#noteSignOfLife();
  }

  get onPreparing(): (isUnderWay: boolean) => void {
    return (isUnderWay) => this.#notePreparing(isUnderWay);
  }

  #notePiece(): void {
    if (this.#ended || this.#stopped) return;
    this.#lastPieceMs = this.#context.clock.monotonicMs();
    if (this.#firstPieceMs === undefined) {
      this.#firstPieceMs = this.#lastPieceMs;
      this.#clearDeadline();
    }
    this.#startSilence();
  }

  #noteSignOfLife(): void {
    if (this.#ended || this.#stopped || this.#firstPieceMs === undefined) return;
    const timeoutMs = this.#timeoutMs;
    const withoutMs = this.#context.clock.monotonicMs() - this.#lastPieceMs;
    if (withoutMs < timeoutMs) this.#startSilence();
    else this.stop(onlyAlive(timeoutMs));
  }

  #startSilence(): void {
    const { silences, idleTimeoutMs } = this.#context;
    if (this.#silence) silences.clear(this.#silence);
    this.#silence = silences.start(() => this.stop(silence(idleTimeoutMs)));
  }

  get #timeoutMs(): number {
    return this.#work.call.timeoutMs ?? this.#context.timeoutMs;
  }

  #notePreparing(isUnderWay: boolean): void {
    if (this.#ended || this.#stopped || this.#firstPieceMs !== undefined) return;
    this.#clearDeadline();
    if (isUnderWay) return;
    this.#startMs = this.#context.clock.monotonicMs();
    this.#startDeadline();
  }

  /**
   * Ends the try at once; the model hears the first reason. A call that ran out of time may be cancelled before its last
   * word; it is not tried again then.
   */
  stop(reason: unknown): void {
    if (this.#ended) return;
    const isFirst = this.#stopped === undefined;
    this.#stopped = { reason };
    if (isFirst) this.#tell(reason);
    // The model may have had its last word at once.
    if (this.#ended) return;
    const { clock } = this.#context;
    this.#cancelLastWord ??= clock.after(LAST_WORD_MS, () => this.#fail(this.#stopped?.reason));
  }

  #tell(reason: unknown): void {
    try {
      this.#listener?.(reason);
    } catch (error) {
      // Who throws when told has no more to say.
      this.failed(error);
    }
    this.#controller?.abort(reason);
  }

  #noteDelta(onDelta: (text: string) => void, text: string): void {
    if (this.#stopped) return;
    this.#firstTokenMs ??= this.#context.clock.monotonicMs() - this.#startMs;
    this.#notePiece();
    onDelta(text);
  }

  /** With the lane's others, where it is as long as they are. */
  #startDeadline(): void {
    const { clock, deadlines, timeoutMs: usualMs } = this.#context;
    const timeoutMs = this.#timeoutMs;
    const onDue = () => this.stop(timeout(timeoutMs));
    if (timeoutMs === usualMs) this.#deadline = deadlines.start(onDue);
    else this.#cancelDeadline = clock.after(timeoutMs, onDue);
  }

  #clearDeadline(): void {
    this.#cancelDeadline?.();
    if (this.#deadline) this.#context.deadlines.clear(this.#deadline);
  }

  #fail(error: unknown): void {
    this.#end(asCallError(error));
  }

  #end(outcome: Generation | CallError): void {
    if (this.#ended) return;
    this.#ended = true;
    const { clock, silences, running } = this.#context;
    this.#clearDeadline();
    if (this.#silence) silences.clear(this.#silence);
    running.delete(this);
    this.#work.attempt = undefined;
    this.#cancelLastWord?.();
    const endMs = clock.monotonicMs();
    const latencyMs = endMs - this.#startMs;
    const flowMs = endMs - (this.#firstPieceMs ?? endMs);
    this.#onEnd({ outcome, latencyMs, firstTokenMs: this.#firstTokenMs, flowMs });
  }
}

/** Models of programs may give anything. */
function isGeneration(given: Partial<Generation> | null | undefined): given is Generation {
  return Array.isArray(given?.texts) && typeof given.usage === 'object' && given.usage !== null;
}

/** What fails after the stop fails because of it, whatever it is called: `AbortError`, or what came just then. */
function lastWordOf(error: unknown, reason: unknown): unknown {
  const isSame =
    error instanceof CallError && reason instanceof CallError && error.code === reason.code;
  return isSame ? error : reason;
}

function asCallError(error: unknown): CallError {
  if (error instanceof CallError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CallError('internal', `the call failed in an unexpected way: ${message}`, {
    cause: error,
    hint: "A defect: of the model, if it is a program's own; else of tutti, please report it with --debug output.",
  });
}

function timeout(timeoutMs: number): CallError {
  return new CallError('timeout', `no complete answer within ${timeoutMs / 1000} s`, {
    hint: 'Give each attempt more time: --timeout, or timeoutMs in a program.',
  });
}

function silence(idleTimeoutMs: number): CallError {
  return new CallError('timeout', `the stream was silent for ${idleTimeoutMs / 1000} s`, {
    hint: 'Give a stream longer silences: --idle-timeout, or idleTimeoutMs in a program.',
  });
}

function onlyAlive(timeoutMs: number): CallError {
  const message = `the stream brought nothing for ${timeoutMs / 1000} s, though its connection was kept alive`;
  return new CallError('timeout', message, {
    hint: 'Give each attempt more time: --timeout, or timeoutMs in a program.',
  });
}
