import type { Answer, AnswerError } from '../core/answer.ts';
import type { Clock } from '../core/clock.ts';
import type { JsonValue } from '../core/json.ts';
import {
  type CompositeModel,
  type GenerateRequest,
  isComposite,
  type Model,
  type SimpleModel,
} from '../core/model.ts';
import {
  AnswerFailure,
  type AskOptions,
  type Question,
  type WorkflowContext,
} from '../core/workflow.ts';
import type { Deadlines } from '../scheduler/index.ts';
import { type RowEnd, RowSums } from '../store/index.ts';
import { askComposite } from './ask-composite.ts';
import { type AskScope, giveUpComposite, isWithin } from './ask-scope.ts';
import type { GivenCalls } from './given-calls.ts';
import { type Arrived, HandOver } from './hand-over.ts';
import { LazyAbort } from './lazy-abort.ts';
import { guardedObservers, newAsk, type OpenAsk } from './open-ask.ts';
import { outcomeOf, type RowOutcome } from './row-outcome.ts';
import type { SavedAnswers } from './saved-answers.ts';
import { errorOfThrown, workflowFailed } from './thrown-error.ts';
import type { Turns } from './turns.ts';

/** What a row needs of the run it belongs to. */
export interface RowHost {
  readonly clock: Clock;
  readonly turns: Turns;
  /** True once no new call starts: rows that wait for nothing in flight are given up. */
  readonly isDraining: boolean;
  /** Ends rows that wait for no call for too long; undefined: they never end so. */
  readonly idleRows: Deadlines | undefined;
  /** The lanes that its calls travel in. */
  readonly calls: GivenCalls;
  /** Told when a row may have come to a stand, or to go on. */
  changed(row: OpenRow): void;
  /** Told once, when a row has ended and all its calls are safe. */
  ended(row: OpenRow, end: RowEnd): void;
}

/** A row whose workflow is under way. */
export class OpenRow {
  readonly number: number;
  readonly entry: number;
  readonly group: string | null;
  readonly #host: RowHost;
  readonly #names = new Set<string>();
  readonly #open = new Map<string, OpenAsk>();
  readonly #handOver: HandOver;
  readonly #root: AskScope = { prefix: '', parent: null, sums: null, giveUp: null };
  /** Sums of all its lines, those included that the workflow did not wait for. */
  readonly #sums = new RowSums();
  readonly #aborts = new Set<LazyAbort>();
  readonly #startMs: number;
  /** Calls that nobody will answer in this run. */
  #dead = 0;
  #outcome: RowOutcome | undefined;
  #isOver = false;

  constructor(
    place: { readonly number: number; readonly entry: number; readonly group: string | null },
    host: RowHost,
    saved: SavedAnswers | undefined,
  ) {
    this.number = place.number;
    this.entry = place.entry;
    this.group = place.group;
    this.#host = host;
    this.#startMs = host.clock.monotonicMs();
    this.#handOver = new HandOver({
      turns: host.turns,
      open: this.#open,
      saved,
      onAnswer: (arrived) => this.#settle(arrived),
      onSend: (ask) => this.#send(ask),
      onTurn: () => this.#host.changed(this),
    });
  }

  /** True when it waits only for calls that nobody will answer in this run. */
  get isStuck(): boolean {
    return !this.#isOver && this.#dead > 0 && this.#dead === this.#open.size;
  }

  /** True when it waits for no call. */
  get isIdle(): boolean {
    return !this.#isOver && this.#open.size === 0;
  }

  /** Runs the workflow. */
  begin(workflow: (context: WorkflowContext) => Promise<JsonValue>): void {
    this.#host.idleRows?.start(this.#waitedTooLong);
    const abort = new LazyAbort();
    this.#aborts.add(abort);
    const context = this.#contextOf(this.#root, abort);
    new Promise<JsonValue>((resolve) => resolve(workflow(context))).then(
      (result) => this.#end(result, null),
      (error: unknown) => this.#end(null, errorOfThrown(error)),
    );
  }

  /** Takes the answer of a call that is safe: it is handed over in its turn. */
  take(ask: OpenAsk, answer: Answer): void {
    this.#sums.add(answer);
    if (this.#isOver) {
      this.#open.delete(ask.call.key.name);
      this.#finishIfAlone();
    } else this.#arrive({ ask, answer, kind: 'new' });
  }

  /** Takes note that a call has no answer, because its lane has ended; `answer` is the error that ended it. */
  lose(ask: OpenAsk, answer: Answer | null): void {
    if (this.#isOver) {
      // It was to be cancelled anyway; that it was is still to be written.
      if (this.#outcome !== undefined && answer !== null) this.#host.calls.cancel(this, ask);
      return;
    }
    if (answer !== null && ask.optional) this.#arrive({ ask, answer, kind: 'unkept' });
    else {
      ask.state = 'dead';
      this.#dead++;
      if (answer?.error) giveUpComposite(ask.scope, answer.error);
      this.#handOver.plan();
    }
  }

  /** Ends what the workflow does, without a trace: the row is gone on with later. */
  stop(): void {
    this.#isOver = true;
    this.#letGo();
  }

  #contextOf(scope: AskScope, abort: LazyAbort): WorkflowContext {
    return {
      ask: (name, model, question, options = {}) =>
        this.#ask(scope, `${scope.prefix}${name}`, model, question, options),
      get signal() {
        return abort.signal;
      },
    };
  }

  #ask(
    scope: AskScope,
    name: string,
    model: Model,
    question: Question,
    options: AskOptions,
  ): Promise<Answer> {
    // What would come of it counts no more, so it never does: each its own promise, so that none holds others.
    if (this.#isOver) return new Promise(() => {});
    if (this.#names.has(name)) {
      const error = workflowFailed(
        `the workflow asks twice by the name "${name}"`,
        'Give each call of a row a name of its own, such as `critique/2`.',
      );
      this.#end(null, error);
      return Promise.reject(new AnswerFailure(error));
    }
    this.#names.add(name);
    // What the workflow adds to its list of messages later is not part of this question.
    const messages = [...question.messages];
    const request = { parameters: {}, choices: 1, ...question, messages };
    const guarded = guardedObservers(options, (thrown) => this.#end(null, errorOfThrown(thrown)));
    return isComposite(model)
      ? this.#askComposite(scope, name, model, request, guarded)
      : this.#askSimple(scope, name, model, request, guarded);
  }

  #askSimple(
    scope: AskScope,
    name: string,
    model: SimpleModel,
    request: GenerateRequest,
    options: AskOptions,
  ): Promise<Answer> {
    const { signal } = options;
    return new Promise((resolve) => {
      const cancel = () => this.#cancel(ask);
      const release = () => signal?.removeEventListener('abort', cancel);
      const rest = { scope, resolve, release };
      const ask = newAsk({ row: this.number, name }, model, request, options, rest, this.#nameOf);
      signal?.addEventListener('abort', cancel);
      this.#host.idleRows?.clear(this.#waitedTooLong);
      this.#open.set(name, ask);
      if (this.#handOver.holds(name)) this.#handOver.plan();
      else this.#send(ask);
    });
  }

  #askComposite(
    scope: AskScope,
    name: string,
    model: CompositeModel,
    request: GenerateRequest,
    options: AskOptions,
  ): Promise<Answer> {
    const abort = new LazyAbort();
    this.#aborts.add(abort);
    return askComposite({
      ...{ row: this.number, name, model, request, options, scope },
      contextOf: (inner) => this.#contextOf(inner, abort),
      onEnd: (inner) => {
        this.#aborts.delete(abort);
        abort.abort();
        for (const ask of this.#open.values()) if (isWithin(ask.scope, inner)) this.#cancel(ask);
      },
    });
  }

  #arrive(arrived: Arrived): void {
    if (arrived.ask.state === 'dead') this.#dead--;
    arrived.ask.state = 'answered';
    this.#handOver.add(arrived);
  }

  #send(ask: OpenAsk): void {
    if (ask.signal?.aborted) {
      this.#host.calls.cancel(this, ask);
      return;
    }
    ask.state = 'sent';
    this.#host.calls.send(this, ask);
  }

  #cancel(ask: OpenAsk): void {
    if (this.#isOver || ask.state === 'answered' || !this.#open.has(ask.call.key.name)) return;
    // A saved answer came before the signal did, and comes before it again.
    if (ask.state === 'held' && this.#handOver.holds(ask.call.key.name)) return;
    this.#cancelNow(ask);
  }

  #cancelNow(ask: OpenAsk): void {
    if (ask.state === 'dead') this.#dead--;
    this.#host.calls.cancel(this, ask);
  }

  /** Settles the promise of a call whose turn has come. */
  #settle({ ask, answer, kind }: Arrived): void {
    if (kind === 'saved') this.#sums.add(answer);
    this.#open.delete(ask.call.key.name);
    ask.release();
    if (kind !== 'unkept') {
      for (let scope: AskScope | null = ask.scope; scope !== null; scope = scope.parent) {
        scope.sums?.add(answer);
      }
    }
    if (this.#open.size === 0) this.#host.idleRows?.start(this.#waitedTooLong);
    ask.resolve(answer);
    if (this.#dead > 0 || this.#host.isDraining) this.#handOver.plan();
  }

  readonly #nameOf = (model: SimpleModel): string => this.#host.calls.nameOf(model, this.group);

  readonly #waitedTooLong = (): void => {
    const error = workflowFailed(
      'the workflow has waited for no call for too long',
      'A longer rowTimeoutMs gives it more time; 0 lets it take any.',
    );
    this.#end(null, error);
  };

  #end(result: JsonValue, error: AnswerError | null): void {
    if (this.#isOver) return;
    this.#outcome = outcomeOf(result, error);
    for (const ask of this.#open.values()) {
      if (ask.state === 'answered') this.#open.delete(ask.call.key.name);
      else this.#cancelNow(ask);
    }
    for (const answer of this.#handOver.rest()) this.#sums.add(answer);
    this.#isOver = true;
    this.#letGo();
    this.#finishIfAlone();
  }

  #letGo(): void {
    this.#handOver.stop();
    for (const ask of this.#open.values()) ask.release();
    this.#host.idleRows?.clear(this.#waitedTooLong);
    for (const abort of this.#aborts) abort.abort();
    this.#aborts.clear();
  }

  /** Ends the row when the lines of all its calls are written. */
  #finishIfAlone(): void {
    if (this.#outcome === undefined || this.#open.size > 0) return;
    const { result, error } = this.#outcome;
    this.#outcome = undefined;
    const wallMs = Math.round(this.#host.clock.monotonicMs() - this.#startMs);
    this.#host.ended(this, { result, answer: this.#sums.answer(this.number, error), wallMs });
  }
}
