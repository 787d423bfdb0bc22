import type { Call } from '../../ask/index.ts';
import { type Answer, answerError, type CallKey } from '../../core/answer.ts';
import type { CallError } from '../../core/call-error.ts';
import type { GenerateRequest, SimpleModel } from '../../core/model.ts';
import type { AskOptions } from '../../core/workflow.ts';
import type { AskDeadline, DeadlineWatch } from './ask-deadline.ts';
import type { AskScope } from './ask-scope.ts';
import { requestHash } from './request-hash.ts';

const nobodyWaits = () => {};

/** The row that a call is asked for. */
export interface AskingRow {
  readonly number: number;
  /** Its own id, which its lines carry; undefined without one. */
  readonly id: string | undefined;
  /** The group of its entry. */
  readonly group: string | null;
  /** What a model is called in the journal. */
  nameOf(model: SimpleModel): string;
  /** Takes the answer of a call that is safe, and the content of its line. */
  take(ask: OpenAsk, answer: Answer, line: string): void;
  /** Takes note that a call has no answer, because its lane has ended; `answer` is the error that ended it. */
  lose(ask: OpenAsk, answer: Answer | null): void;
}

/** A call that a workflow waits for. One object from the question to the answer: there is one for every call. */
export class OpenAsk implements Call {
  readonly key: CallKey;
  readonly model: SimpleModel;
  readonly request: GenerateRequest;
  readonly attempts: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly onDelta: ((text: string) => void) | undefined;
  readonly onFailedTry: ((error: CallError) => void) | undefined;
  readonly row: AskingRow;
  readonly scope: AskScope;
  /** By when it must have ended; null: any time. */
  readonly deadline: AskDeadline | null;
  /** Cancels it; it may have done so while the call was held. */
  readonly signal: AbortSignal | undefined;
  /** True when the error that ends its lane is its answer. */
  readonly optional: boolean;
  /** Its lane; null until it is sent there. */
  lane: number | null = null;
  /**
   * `held`: saved answers come first. `sent`: it is in its lane. `answered`: its answer is safe, its turn has
   * not come. `dead`: its lane has ended.
   */
  state: 'held' | 'sent' | 'answered' | 'dead' = 'held';
  /** True while its lane, or the disk, is at work for it. */
  isUnderWay = false;
  /** True when nobody waits for it any more, where it is still held: it is not sent. */
  isUnwanted = false;
  /** Ends it when its deadline has passed; undefined for one without, or not sent. */
  watch: DeadlineWatch | undefined;
  /** Hands the answer to the workflow. */
  resolve: (answer: Answer) => void = nobodyWaits;
  #cancel: (() => void) | undefined;
  #hash: string | undefined;

  constructor(
    row: AskingRow,
    { scope, deadline }: Pick<OpenAsk, 'scope' | 'deadline'>,
    name: string,
    model: SimpleModel,
    request: GenerateRequest,
    { attempts, timeoutMs, onDelta, onFailedTry, signal, optional = false }: AskOptions,
  ) {
    this.key = { row: row.number, name };
    this.model = model;
    this.request = request;
    this.attempts = attempts;
    this.timeoutMs = timeoutMs;
    this.onDelta = onDelta;
    this.onFailedTry = onFailedTry && ((error) => onFailedTry(answerError(error)));
    this.row = row;
    this.scope = scope;
    this.deadline = deadline;
    this.signal = signal;
    this.optional = optional;
  }

  /** See `requestHash`; made when it is first asked for. */
  get hash(): string {
    this.#hash ??= requestHash(this.row.nameOf(this.model), this.request);
    return this.#hash;
  }

  /** Has itself cancelled by its signal. */
  listen(cancel: () => void): void {
    this.#cancel = cancel;
    this.signal?.addEventListener('abort', cancel);
  }

  onTurn(): void {
    this.watch?.noteTurn();
  }

  /** Lets go of what could have cancelled it. */
  release(): void {
    this.watch?.stop();
    if (this.#cancel !== undefined) this.signal?.removeEventListener('abort', this.#cancel);
  }
}

/**
 * Options whose observers cannot harm what they observe: what one throws is told, when what it was called from is
 * done.
 */
export function guardedObservers(
  options: AskOptions,
  onThrown: (thrown: unknown) => void,
): AskOptions {
  const { onDelta, onFailedTry, onProgress } = options;
  if ((onDelta ?? onFailedTry ?? onProgress) === undefined) return options;
  const guarded =
    <Told>(tell: (told: Told) => void) =>
    (told: Told) => {
      try {
        tell(told);
      } catch (thrown) {
        queueMicrotask(() => onThrown(thrown));
      }
    };
  return {
    ...options,
    onDelta: onDelta && guarded(onDelta),
    onFailedTry: onFailedTry && guarded(onFailedTry),
    onProgress: onProgress && guarded(onProgress),
  };
}
