import type { Answer, AnswerError } from '../../core/answer.ts';
import type { JsonValue } from '../../core/json.ts';
import { Linked } from '../../core/linked-set.ts';
import {
  type GenerateRequest,
  isComposite,
  type Model,
  type SimpleModel,
} from '../../core/model.ts';
import {
  type Ask,
  type AskOptions,
  LaneFailure,
  type Question,
  RowPause,
} from '../../core/workflow.ts';
import { RowSums } from '../../store/in-memory.ts';
import { deadlineOf } from './ask-deadline.ts';
import { mistakeOfAsk } from './ask-mistakes.ts';
import { type AskScope, giveUpComposite, isWithin, ROOT_SCOPE } from './ask-scope.ts';
import { type Arrived, HandOver, type HandOverRow } from './hand-over.ts';
import type { IdleRow } from './idle-rows.ts';
import { LazyAbort } from './lazy-abort.ts';
import { type AskingRow, guardedObservers, OpenAsk } from './open-ask.ts';
import { OpenAsks } from './open-asks.ts';
import { type CompositeRow, RowComposites } from './row-composites.ts';
import { RowContext } from './row-context.ts';
import type { RowEntry, RowHost } from './row-host.ts';
import { outcomeOf, type RowOutcome } from './row-outcome.ts';
import type { RowPlan } from './row-plan.ts';
import type { SavedAnswers } from './saved-answers.ts';
import { askedTwice, failureOf, thrownAs, waitedTooLong } from './thrown-error.ts';

/** A row whose workflow is under way. */
export class OpenRow extends Linked implements AskingRow, HandOverRow, IdleRow, CompositeRow {
  readonly number: number;
  readonly entry: number;
  readonly group: string | null;
  readonly asks = new OpenAsks();
  id: string | undefined = undefined;
  idleSinceMs: number | null = null;
  readonly #host: RowHost<OpenRow>;
  readonly #handOver: HandOver;
  /** Sums of all its lines, those included that the workflow did not wait for. */
  readonly #sums = new RowSums();
  readonly #abort = new LazyAbort();
  #composites: RowComposites | undefined;
  /** Calls and composites that its own workflow has asked. */
  #asked = 0;
  readonly #startMs: number;
  /** Calls that nobody will answer in this run. */
  #dead = 0;
  /** Composite models, or its own workflow, that cannot be answered in this run. */
  #lost = 0;
  #outcome: RowOutcome | undefined;
  #context: RowContext | undefined;
  #isOver = false;

  /** @param saved undefined for a row that begins */
  constructor(number: number, entry: RowEntry, host: RowHost<OpenRow>, saved?: SavedAnswers) {
    super();
    this.number = number;
    this.entry = entry.number;
    this.group = entry.setup.group;
    this.#host = host;
    this.#startMs = host.clock.monotonicMs();
    this.#handOver = new HandOver(this, host.turns, saved);
    for (const answer of saved?.replaced ?? []) this.addPaid(answer);
  }

  /** True when it waits only for calls that nobody will answer in this run. */
  get isStuck(): boolean {
    return !this.#isOver && this.#dead + this.#lost > 0 && this.#dead === this.asks.size;
  }

  /** True when it waits for no call. */
  get isIdle(): boolean {
    return !this.#isOver && this.asks.size === 0;
  }

  /** Runs the workflow. */
  begin({ run, id }: RowPlan & { kind: 'workflow' }): void {
    this.id = id;
    this.idleSinceMs = this.#host.idleRows.begin();
    const { onProgress } = this.#host;
    const told = onProgress && ((line: string) => onProgress(this.number, line));
    const fail = (error: unknown) => this.#fail(error);
    const observers = guardedObservers({ onProgress: told }, fail);
    this.#context = this.contextOf(ROOT_SCOPE, this.#abort, observers.onProgress);
    try {
      Promise.resolve(run(this.#context)).then((result) => this.#end(result, null), fail);
    } catch (error) {
      fail(error);
    }
  }

  #fail(error: unknown): void {
    if (thrownAs(error, LaneFailure)) this.loseAll();
    else if (thrownAs(error, RowPause) && !this.#isOver) this.#host.paused(this);
    else this.#end(...failureOf(error));
  }

  /** Counts an answer that the workflow does not get: it asks something else by that name now. */
  addPaid(answer: Answer): void {
    this.#sums.add(answer);
  }

  /** Takes the answer of a call that is safe: it is handed over in its turn. */
  take(ask: OpenAsk, answer: Answer, line: string): void {
    this.#sums.add(answer, line);
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
    if (answer !== null && ask.optional) {
      this.#arrive({ ask, answer: { ...answer, laneEnded: true }, kind: 'unkept' });
    } else {
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

  /** Takes note that what it waits for cannot be answered in this run. */
  loseAll(): void {
    this.#lost++;
    this.idleSinceMs = null;
    this.#handOver.plan();
  }

  /** What the workflow of a scope is handed. */
  contextOf(
    scope: AskScope,
    abort: LazyAbort,
    onProgress: ((line: string) => void) | undefined,
  ): RowContext {
    const ask: Ask = (name, model, question, options = {}) =>
      this.#ask(scope, name, model, question, options);
    return new RowContext(ask, abort, onProgress);
  }

  #ask(
    scope: AskScope,
    ownName: string,
    model: Model,
    question: Question,
    options: AskOptions,
  ): Promise<Answer> {
    const name = `${scope.prefix}${String(ownName)}`;
    if (!this.#isOver) {
      const mistake = mistakeOfAsk(ownName, model, question, options);
      if (mistake !== undefined) this.#end(null, mistake);
      else if (!this.asks.claimName(name)) this.#end(null, askedTwice(name));
    }
    // What would come of it counts no more, so it never does: each its own promise, so that none holds others.
    if (this.#isOver) return new Promise(() => {});
    if (scope === ROOT_SCOPE) this.#asked++;
    // What the workflow adds to its list of messages later is not part of this question.
    const messages = [...question.messages];
    const { parameters = {}, choices = 1 } = question;
    const request = { ...question, messages, parameters, choices };
    const guarded = guardedObservers(options, (thrown) => this.#end(...failureOf(thrown)));
    if (!isComposite(model)) return this.#askSimple(scope, name, model, request, guarded);
    this.#composites ??= new RowComposites(this, this.#host.clock);
    const given = { row: this.number, name, model, request, options: guarded, scope };
    return this.#composites.ask(given);
  }

  #askSimple(
    scope: AskScope,
    name: string,
    model: SimpleModel,
    request: GenerateRequest,
    options: AskOptions,
  ): Promise<Answer> {
    const deadline = deadlineOf(options.deadlineMs, scope.deadline, this.#host.clock);
    const ask = new OpenAsk(this, { scope, deadline }, name, model, request, options);
    if (options.signal !== undefined) ask.listen(() => this.#cancel(ask));
    this.idleSinceMs = null;
    this.asks.add(ask);
    const answer = new Promise<Answer>((resolve) => {
      ask.resolve = resolve;
    });
    if (this.#handOver.hold(name)) this.#handOver.plan();
    else this.send(ask);
    return answer;
  }

  /** Cancels what a composite that has its answer has left. */
  cancelWithin(scope: AskScope): void {
    for (const ask of this.asks) if (isWithin(ask.scope, scope)) this.#cancel(ask);
  }

  #arrive(arrived: Arrived): void {
    if (arrived.ask.state === 'dead') this.#dead--;
    arrived.ask.state = 'answered';
    this.#handOver.add(arrived);
  }

  /** Sends a call for which there is no saved answer. */
  send(ask: OpenAsk): void {
    if (ask.isUnwanted || ask.signal?.aborted) {
      this.#host.calls.cancel(ask);
      return;
    }
    ask.state = 'sent';
    this.#host.calls.send(ask);
  }

  #cancel(ask: OpenAsk): void {
    if (this.#isOver || ask.state === 'answered' || !this.asks.has(ask)) return;
    // A saved answer came before the signal did, and comes before it again.
    if (ask.state === 'held' && this.#handOver.holds(ask.key.name)) ask.isUnwanted = true;
    else this.#cancelNow(ask);
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
    if (this.asks.size === 0 && this.#lost === 0) {
      this.idleSinceMs = this.#host.idleRows.begin();
    }
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
    this.#end(null, waitedTooLong());
  }

  #end(result: JsonValue, error: AnswerError | null): void {
    if (this.#isOver) return;
    this.#outcome = outcomeOf(result, error, this.#context?.notes);
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
    this.#composites?.abort();
  }

  /** Ends the row when the lines of all its calls are written. */
  #finishIfAlone(): void {
    if (this.#outcome === undefined || this.asks.size > 0) return;
    const { result, error, notes } = this.#outcome;
    this.#outcome = undefined;
    const wallMs = Math.round(this.#host.clock.monotonicMs() - this.#startMs);
    const sums = this.#sums.answer(this.number, error);
    const answer = this.#composites?.told(sums, this.#asked) ?? sums;
    const lineOfAnswer = answer === sums && error === null ? this.#sums.lineOfAnswer : undefined;
    this.#host.ended(this, { result, answer, wallMs, lineOfAnswer, ...(notes && { notes }) });
  }
}
