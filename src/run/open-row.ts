import type { Answer, AnswerError } from '../core/answer.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import {
  type CompositeModel,
  type GenerateRequest,
  isComposite,
  type Model,
  type SimpleModel,
} from '../core/model.ts';
import {
  AnswerFailure,
  type Ask,
  type AskOptions,
  type Question,
  type WorkflowContext,
} from '../core/workflow.ts';
import { RowSums } from '../store/index.ts';
import { askComposite } from './ask-composite.ts';
import { type AskScope, giveUpComposite, isWithin } from './ask-scope.ts';
import { type Arrived, HandOver, type HandOverRow } from './hand-over.ts';
import type { IdleRow } from './idle-rows.ts';
import { LazyAbort } from './lazy-abort.ts';
import { guardedObservers, OpenAsk } from './open-ask.ts';
import { OpenAsks } from './open-asks.ts';
import { RowContext } from './row-context.ts';
import type { RowHost } from './row-host.ts';
import { outcomeOf, type RowOutcome } from './row-outcome.ts';
import type { SavedAnswers } from './saved-answers.ts';
import { errorOfThrown, responseOfThrown, workflowFailed } from './thrown-error.ts';

/** Where the calls of a row's own workflow are asked from. */
const ROOT: AskScope = { prefix: '', parent: null, sums: null, giveUp: null };

/** A row whose workflow is under way. */
export class OpenRow implements HandOverRow, IdleRow {
  readonly number: number;
  readonly entry: number;
  readonly group: string | null;
  readonly asks = new OpenAsks();
  idleSinceMs: number | null = null;
  readonly #host: RowHost;
  readonly #handOver: HandOver;
  /** Sums of all its lines, those included that the workflow did not wait for. */
  readonly #sums = new RowSums();
  readonly #abort = new LazyAbort();
  /** Those of composite models that are under way. */
  #innerAborts: Set<LazyAbort> | undefined;
  readonly #startMs: number;
  /** Calls that nobody will answer in this run. */
  #dead = 0;
  #outcome: RowOutcome | undefined;
  #notes: JsonObject | undefined;
  #isOver = false;

  /** @param saved undefined for a row that begins */
  constructor(
    number: number,
    entry: number,
    group: string | null,
    host: RowHost,
    saved: SavedAnswers | undefined,
  ) {
    this.number = number;
    this.entry = entry;
    this.group = group;
    this.#host = host;
    this.#startMs = host.clock.monotonicMs();
    this.#handOver = new HandOver(this, host.turns, saved);
    for (const answer of saved?.replaced ?? []) this.addPaid(answer);
  }

  /** True when it waits only for calls that nobody will answer in this run. */
  get isStuck(): boolean {
    return !this.#isOver && this.#dead > 0 && this.#dead === this.asks.size;
  }

  /** True when it waits for no call. */
  get isIdle(): boolean {
    return !this.#isOver && this.asks.size === 0;
  }

  /** Runs the workflow. */
  begin(workflow: (context: WorkflowContext) => Promise<JsonValue>): void {
    this.idleSinceMs = this.#host.idleRows.begin();
    try {
      Promise.resolve(workflow(this.#contextOf(ROOT, this.#abort))).then(
        (result) => this.#end(result, null),
        (error: unknown) => this.#end(responseOfThrown(error), errorOfThrown(error)),
      );
    } catch (error) {
      this.#end(responseOfThrown(error), errorOfThrown(error));
    }
  }

  /** Counts an answer that the workflow does not get: it asks something else by that name now. */
  addPaid(answer: Answer): void {
    this.#sums.add(answer);
  }

  /** Takes the answer of a call that is safe: it is handed over in its turn. */
  take(ask: OpenAsk, answer: Answer): void {
    this.#sums.add(answer);
    if (this.#isOver) {
      this.asks.delete(ask);
      this.#finishIfAlone();
    } else this.#arrive({ ask, answer, kind: 'new' });
  }

  /** Takes note that a call has no answer, because its lane has ended; `answer` is the error that ended it. */
  lose(ask: OpenAsk, answer: Answer | null): void {
    if (this.#isOver) {
      // It was to be cancelled anyway; that it was is still to be written.
      if (this.#outcome !== undefined && answer !== null) this.#host.calls.cancel(ask);
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
    const ask: Ask = (name, model, question, options = {}) =>
      this.#ask(scope, `${scope.prefix}${name}`, model, question, options);
    const onNote = (keys: JsonObject) => {
      this.#notes = { ...this.#notes, ...keys };
    };
    return new RowContext(ask, abort, scope === ROOT ? onNote : undefined);
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
    if (!this.asks.claimName(name)) {
      const error = workflowFailed(
        `the workflow asks twice by the name "${name}"`,
        'Give each call of a row a name of its own, such as `critique/2`.',
      );
      this.#end(null, error);
      return Promise.reject(new AnswerFailure(error));
    }
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
    const ask = new OpenAsk(this, scope, name, model, request, options);
    if (options.signal !== undefined) ask.listen(() => this.#cancel(ask));
    this.idleSinceMs = null;
    this.asks.add(ask);
    const answer = new Promise<Answer>((resolve) => {
      ask.resolve = resolve;
    });
    if (this.#handOver.holds(name)) this.#handOver.plan();
    else this.send(ask);
    return answer;
  }

  #askComposite(
    scope: AskScope,
    name: string,
    model: CompositeModel,
    request: GenerateRequest,
    options: AskOptions,
  ): Promise<Answer> {
    const abort = new LazyAbort();
    this.#innerAborts ??= new Set();
    this.#innerAborts.add(abort);
    return askComposite({
      ...{ row: this.number, name, model, request, options, scope },
      contextOf: (inner) => this.#contextOf(inner, abort),
      onEnd: (inner) => {
        this.#innerAborts?.delete(abort);
        abort.abort();
        for (const ask of this.asks) if (isWithin(ask.scope, inner)) this.#cancel(ask);
      },
    });
  }

  #arrive(arrived: Arrived): void {
    if (arrived.ask.state === 'dead') this.#dead--;
    arrived.ask.state = 'answered';
    this.#handOver.add(arrived);
  }

  /** Sends a call for which there is no saved answer. */
  send(ask: OpenAsk): void {
    if (ask.signal?.aborted) {
      this.#host.calls.cancel(ask);
      return;
    }
    ask.state = 'sent';
    this.#host.calls.send(ask);
  }

  #cancel(ask: OpenAsk): void {
    if (this.#isOver || ask.state === 'answered' || !this.asks.has(ask)) return;
    // A saved answer came before the signal did, and comes before it again.
    if (ask.state === 'held' && this.#handOver.holds(ask.key.name)) return;
    this.#cancelNow(ask);
  }

  #cancelNow(ask: OpenAsk): void {
    if (ask.state === 'dead') this.#dead--;
    this.#host.calls.cancel(ask);
  }

  /** Settles the promise of a call whose turn has come. */
  settle({ ask, answer, kind }: Arrived): void {
    if (kind === 'saved') this.#sums.add(answer);
    this.asks.delete(ask);
    ask.release();
    if (kind !== 'unkept') {
      for (let scope: AskScope | null = ask.scope; scope !== null; scope = scope.parent) {
        scope.sums?.add(answer);
      }
    }
    if (this.asks.size === 0) this.idleSinceMs = this.#host.idleRows.begin();
    ask.resolve(answer);
    if (this.#dead > 0 || this.#host.isDraining) this.#handOver.plan();
  }

  /** What a model is called in the journal. */
  nameOf(model: SimpleModel): string {
    return this.#host.calls.nameOf(model, this.group);
  }

  hasRunOn(): void {
    this.#host.changed(this);
  }

  endIdle(): void {
    const error = workflowFailed(
      'the workflow has waited for no call for too long',
      'A longer rowTimeoutMs gives it more time; 0 lets it take any.',
    );
    this.#end(null, error);
  }

  #end(result: JsonValue, error: AnswerError | null): void {
    if (this.#isOver) return;
    this.#outcome = outcomeOf(result, error, this.#notes);
    for (const ask of this.asks) {
      if (ask.state === 'answered') this.asks.delete(ask);
      else this.#cancelNow(ask);
    }
    for (const answer of this.#handOver.rest()) this.#sums.add(answer);
    this.#isOver = true;
    this.#letGo();
    this.#finishIfAlone();
  }

  #letGo(): void {
    this.#handOver.stop();
    for (const ask of this.asks) ask.release();
    this.idleSinceMs = null;
    this.#abort.abort();
    for (const abort of this.#innerAborts ?? []) abort.abort();
    this.#innerAborts = undefined;
  }

  /** Ends the row when the lines of all its calls are written. */
  #finishIfAlone(): void {
    if (this.#outcome === undefined || this.asks.size > 0) return;
    const { result, error, notes } = this.#outcome;
    this.#outcome = undefined;
    const wallMs = Math.round(this.#host.clock.monotonicMs() - this.#startMs);
    const answer = this.#sums.answer(this.number, error);
    this.#host.ended(this, { result, answer, wallMs, ...(notes && { notes }) });
  }
}
