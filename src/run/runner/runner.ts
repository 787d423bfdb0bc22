import {
  type AnswerKeeper,
  type Call,
  type CallSource,
  type LaneStatus,
  Pump,
} from '../../ask/index.ts';
import type { Answer } from '../../core/answer.ts';
import { LinkedSet } from '../../core/linked-set.ts';
import type { JournalPlace, RowEnd } from '../../store/index.ts';
import { GivenCalls } from '../rows/given-calls.ts';
import { IdleRows } from '../rows/idle-rows.ts';
import { Keeping } from '../rows/keeping.ts';
import { Lanes } from '../rows/lanes.ts';
import { OnlyCall } from '../rows/only-call.ts';
import { OpenRow } from '../rows/open-row.ts';
import type { RowHost } from '../rows/row-host.ts';
import { checkKind, planOfGrown, type RowPlan } from '../rows/row-plan.ts';
import { SavedAnswers, type SavedLines } from '../rows/saved-answers.ts';
import { Turns } from '../rows/turns.ts';
import { EndsUnderWay } from './ends-under-way.ts';
import { Entries } from './entries.ts';
import type { Entry } from './entry.ts';
import { holdProcess } from './hold-process.ts';
import type { RunnerOptions } from './runner-options.ts';

/**
 * Runs the rows of a table: begins them entry by entry, puts their calls into the lanes of their models, keeps
 * every answer before it is used, and ends each row once. The journal is the truth: run again on it, it goes on.
 */
export class Runner implements CallSource, RowHost<OpenRow> {
  readonly clock;
  readonly turns: Turns;
  readonly idleRows: IdleRows;
  readonly onProgress;
  readonly #options: RunnerOptions;
  readonly #pump: Pump;
  readonly #lanes: Lanes;
  readonly #entries: Entries;
  readonly calls: GivenCalls;
  readonly #open = new LinkedSet<OpenRow>();
  readonly #stuck = new Set<OpenRow>();
  readonly #endsUnderWay = new EndsUnderWay((error) => this.#pump.break(error));
  /** True once everything ends: the ends of rows may still be on their way to the disk. */
  #isStopped = false;
  #wasStopped = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.clock = options.clock;
    this.onProgress = options.onProgress;
    this.turns = new Turns((error) => this.#pump.break(error));
    this.idleRows = new IdleRows(this.clock, options.rowTimeoutMs, () => this.#open.all());
    const sink = {
      keep: (answer: Answer, call: Call, keeper: AnswerKeeper) =>
        this.calls.keep(answer, call, keeper),
    };
    this.#pump = new Pump({ ...options, lanes: [], source: this, sink });
    this.#lanes = new Lanes(this.#pump, options.describeLane);
    const onOver = this.#pump.hold();
    this.#entries = new Entries({
      table: options.table,
      setups: options.entries,
      lanes: this.#lanes,
      openRows: options.openRows,
      isMeant: options.isMeant,
      isHeldUp: () => this.isDraining || this.#isStopped || (options.flow?.isFull ?? false),
      isDraining: () => this.isDraining,
      onLaneOver: (lane) => this.#pump.wake(lane),
      onOver,
    });
    if (options.entries.length === 0) onOver();
    if (options.flow) options.flow.onRoom = () => this.#goOnWithAll();
    this.calls = new GivenCalls({
      ...options,
      pump: this.#pump,
      lanes: this.#lanes,
      onAnswer: options.onAnswer,
      ownLaneOf: (row) => this.#entryOf(row).lane!,
      onOnlyCall: (row, hasEnded) => {
        const entry = this.#entryOf(row);
        if (hasEnded) entry.open--;
        else entry.stuck++;
        this.turns.next(() => this.#goOn(entry));
      },
      onGrown: ({ key: { row }, more, id }, first) => {
        const plan = { kind: 'workflow', run: more!.run, id } as const;
        this.#start(this.#entryOf(row), row, plan, { answers: [first], replaced: [] });
      },
    });
  }

  get isDraining(): boolean {
    return this.#options.drain?.aborted ?? false;
  }

  /**
   * Runs until every row has ended, or cannot go on in this run.
   *
   * @throws what the log or the plan of a row threw; by then no call is in flight.
   */
  async run(): Promise<readonly LaneStatus[]> {
    const { drain, signal, rowTimeoutMs } = this.#options;
    const onDrain = () => this.turns.next(() => this.#goOnWithAll());
    drain?.addEventListener('abort', onDrain);
    // Noted, because a signal made of several is slow to ask, and this is asked for every row.
    const onStop = () => {
      this.#isStopped = true;
    };
    signal?.addEventListener('abort', onStop);
    if (signal?.aborted) onStop();
    const letGo = rowTimeoutMs === 0 ? holdProcess(this.clock) : undefined;
    this.#goOnWithAll();
    try {
      const lanes = await this.#pump.run();
      await this.#endsUnderWay.none();
      return lanes;
    } finally {
      this.#isStopped = true;
      this.#wasStopped = true;
      for (const row of this.#open.all()) row.stop();
      drain?.removeEventListener('abort', onDrain);
      signal?.removeEventListener('abort', onStop);
      this.idleRows.close();
      letGo?.();
    }
  }

  /** What each lane has done so far. */
  status(): readonly LaneStatus[] {
    return this.#pump.status();
  }

  /** The entry that begins its rows from a lane; undefined for a lane that has none of its own. */
  entryOfLane(lane: number): number | undefined {
    return this.#entries.ofLane(lane)[0]?.number;
  }

  /** The lane from which an entry begins its rows; undefined for an entry without one. */
  laneOfEntry(entry: number): number | undefined {
    return this.#entries.get(entry).lane ?? undefined;
  }

  next(lane: number): Call | 'later' | undefined | Promise<Call | 'later' | undefined> {
    for (const entry of this.#entries.ofLane(lane)) {
      const row = this.#entries.mayBegin(entry) ? this.#entries.nextRow(entry) : undefined;
      if (row !== undefined) return this.#begin(entry, row);
      this.#entries.review(entry);
    }
    return this.#entries.mayStillAsk(lane) ? 'later' : undefined;
  }

  isOver(lane: number): boolean {
    return !this.#entries.mayStillAsk(lane);
  }

  dropped(call: Call, _lane: number, answer: Answer | null): void {
    this.calls.drop(call, answer);
  }

  laneEnded(lane: number): void {
    for (const entry of this.#entries.ofLane(lane)) {
      entry.isClosed = true;
      this.turns.next(() => this.#goOn(entry));
    }
  }

  changed(row: OpenRow): void {
    const isStuck = row.isStuck || (this.isDraining && row.isIdle);
    const entry = this.#entries.get(row.entry);
    if (isStuck !== this.#stuck.has(row)) {
      entry.stuck += isStuck ? 1 : -1;
      if (isStuck) this.#stuck.add(row);
      else this.#stuck.delete(row);
    }
    if (isStuck) this.#goOn(entry);
  }

  paused(row: OpenRow): void {
    row.stop();
    if (this.#wasStopped) return;
    this.#options.onPaused?.(row.number);
    this.#leave(row);
  }

  ended(row: OpenRow, end: RowEnd): void {
    if (this.#wasStopped) return;
    this.#endsUnderWay.begin();
    const then = (place: JournalPlace) => this.#endIsSafe(row, end, place);
    const waiter = new Keeping(this.#endsUnderWay, then);
    try {
      this.#options.log.endRow(row.number, end, row.id, waiter);
    } catch (error) {
      waiter.failed(error);
    }
  }

  #endIsSafe(row: OpenRow, end: RowEnd, { offset, content }: JournalPlace): void {
    const { table, onRowEnd, onRecord } = this.#options;
    const isGood = end.answer.status === 'ok';
    table.endRow(row.number, offset, isGood);
    if (isGood && end.notes === undefined) onRecord?.(row.number, content, false);
    this.#leave(row);
    onRowEnd?.(row.number, end);
  }

  #leave(row: OpenRow): void {
    this.#open.delete(row);
    const entry = this.#entries.get(row.entry);
    entry.open--;
    if (this.#stuck.delete(row)) entry.stuck--;
    this.#goOn(entry);
  }

  #entryOf(row: number): Entry {
    return this.#entries.get(this.#options.table.entryOf(row));
  }

  /** Begins further rows of an entry if it may, or sees that it is over. */
  #goOn(entry: Entry): void {
    this.#entries.review(entry);
    if (entry.lane !== null && !entry.isClosed) this.#pump.wake(entry.lane);
    else if (this.#entries.mayBegin(entry)) void this.#fill(entry);
  }

  #begin(entry: Entry, row: number): Call | 'later' | Promise<Call | 'later'> {
    const { table, plan, savedOf } = this.#options;
    if (entry.lane === null || !table.isSingle(row) || table.mayGrow(row)) entry.open++;
    if (table.stateOf(row) === 'open') {
      return savedOf(row).then(async (saved) => this.#start(entry, row, await plan(row), saved));
    }
    const planned = plan(row);
    return planned instanceof Promise
      ? planned.then((one) => this.#start(entry, row, one))
      : this.#start(entry, row, planned);
  }

  #start(entry: Entry, number: number, given: RowPlan, saved?: SavedLines): Call | 'later' {
    if (this.#isStopped) return 'later';
    const isSingle = this.#options.table.isSingle(number);
    const plan = isSingle ? given : planOfGrown(given);
    checkKind(plan, number, isSingle);
    if (plan.kind === 'call') return this.#startCall(entry, number, plan);
    const isNew = saved === undefined || saved.answers.length + saved.replaced.length === 0;
    const answers = isNew
      ? undefined
      : new SavedAnswers(saved, (name, answer) => {
          // What is asked no more was paid for all the same.
          row.addPaid(answer);
          this.#options.onStale?.(number, name);
        });
    const row: OpenRow = new OpenRow(number, entry, this, answers);
    this.#open.add(row);
    const { lane } = entry;
    const before = lane === null ? 0 : this.#pump.addedTo(lane);
    row.begin(plan);
    // It may ask this lane for nothing now, or later, when it has run on: then another row begins.
    if (lane !== null && this.#pump.addedTo(lane) === before) {
      this.turns.next(() => this.#pump.wake(lane));
    }
    return 'later';
  }

  #startCall(entry: Entry, row: number, plan: RowPlan & { kind: 'call' }): Call | 'later' {
    const call = new OnlyCall(row, plan);
    if (entry.lane !== null) return call;
    this.calls.sendOnly(call, this.#lanes.numberOf(plan.model, entry.setup.group));
    return 'later';
  }

  /** Begins the rows of an entry that has no lane of its own, as many as may be open. */
  async #fill(entry: Entry): Promise<void> {
    if (entry.isFilling) return;
    entry.isFilling = true;
    try {
      while (this.#entries.mayBegin(entry)) {
        const row = this.#entries.nextRow(entry)!;
        const begun = this.#begin(entry, row);
        // A turn of the event loop now and then: what has come goes on.
        if (begun instanceof Promise) await begun;
        else if (row % 64 === 63) await new Promise<void>((resolve) => this.turns.next(resolve));
      }
    } catch (error) {
      this.#pump.break(error);
    } finally {
      entry.isFilling = false;
    }
    this.#entries.review(entry);
  }

  #goOnWithAll(): void {
    for (const row of this.#open.all()) this.changed(row);
    for (const entry of this.#entries) this.#goOn(entry);
  }
}
