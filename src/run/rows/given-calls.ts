import type { AnswerKeeper, Call, Pump } from '../../ask/index.ts';
import type { Answer } from '../../core/answer.ts';
import type { Clock } from '../../core/clock.ts';
import type { SimpleModel } from '../../core/model.ts';
import type { AnswerLog, JournalPlace, RowLines, RowTable } from '../../store/index.ts';
import { type AskDeadline, DeadlineWatch } from './ask-deadline.ts';
import { cancelledAnswer, cancelledError, deadlineError } from './ask-scope.ts';
import { Keeping } from './keeping.ts';
import type { Lanes, OpenLane } from './lanes.ts';
import type { OnlyCall } from './only-call.ts';
import { OpenAsk } from './open-ask.ts';
import { requestHash } from './request-hash.ts';
import type { MoreCalls } from './row-plan.ts';

/** What the calls of a run go through. */
export interface GivenCallsOptions {
  readonly pump: Pump;
  readonly lanes: Lanes;
  readonly log: AnswerLog;
  readonly table: RowTable;
  readonly clock: Clock;
  /** Told of every answer that is safe. */
  readonly onAnswer: ((answer: Answer, lane: OpenLane) => void) | undefined;
  /** See `RunnerOptions.onRecord`. */
  readonly onRecord?: ((row: number, content: string, failed: boolean) => void) | undefined;
  /** The lane of an entry's rows that were given out from there. */
  readonly ownLaneOf: (row: number) => number;
  /** Told when a row's only call that was put into a lane has ended, or cannot in this run. */
  readonly onOnlyCall: (row: number, hasEnded: boolean) => void;
  /** Told of a row's only call whose answer is not enough: it goes on as a workflow, which has that answer. */
  readonly onGrown: (call: OnlyCall, first: RowLines['answers'][number]) => void;
}

/** The calls that were put into lanes: keeps each answer before the row that asked gets it. */
export class GivenCalls {
  readonly #options: GivenCallsOptions;

  constructor(options: GivenCallsOptions) {
    this.#options = options;
  }

  /** What a model is called in the journal: what its name stands for, not what it was named. */
  nameOf(model: SimpleModel, group: string | null): string {
    const { lanes } = this.#options;
    return lanes.get(lanes.numberOf(model, group)).setup.name;
  }

  /** Puts a call of an open row into its lane. */
  send(ask: OpenAsk): void {
    const lane = this.#laneOf(ask);
    if (lane === undefined) return;
    const { deadline } = ask;
    const leftMs = deadline === null ? 1 : deadline.untilMs - this.#options.clock.monotonicMs();
    if (leftMs <= 0) {
      this.cancel(ask, deadlineError(0));
      return;
    }
    ask.isUnderWay = true;
    if (deadline !== null) this.#watch(ask, lane, deadline);
    this.#options.pump.add(lane, ask);
  }

  /** Puts a row's only call into a lane. */
  sendOnly(call: OnlyCall, lane: number): void {
    call.lane = lane;
    this.#options.pump.add(lane, call);
  }

  /** Ends a call of an open row: its answer is the reason, unless its own has come. */
  cancel(ask: OpenAsk, reason = cancelledError()): void {
    const { pump, clock } = this.#options;
    if (ask.lane !== null && pump.cancel(ask.lane, ask, reason)) return;
    // Its answer is on its way to the disk.
    if (ask.state === 'sent' && ask.isUnderWay) return;
    if (this.#laneOf(ask) === undefined) return;
    ask.state = 'sent';
    ask.isUnderWay = true;
    const answer = cancelledAnswer(ask.key, clock.wallMs(), reason);
    this.keep(answer, ask, { kept: () => {}, failed: (error) => pump.break(error) });
  }

  #watch(ask: OpenAsk, lane: number, deadline: AskDeadline): void {
    const { clock, pump } = this.#options;
    const allowedMs = deadline.untilMs - clock.monotonicMs();
    ask.watch = new DeadlineWatch({
      ...{ clock, deadline },
      answered: () => pump.answeredWell(lane),
      expire: () => {
        // What ended its lane is no answer: it is asked when the run goes on.
        if (ask.state === 'sent') this.cancel(ask, deadlineError(allowedMs));
      },
    });
  }

  /** The lane of a call. Who describes lanes may throw, which ends the run. */
  #laneOf(ask: OpenAsk): number | undefined {
    const { lanes, pump } = this.#options;
    try {
      ask.lane ??= lanes.numberOf(ask.model, ask.row.group);
      return ask.lane;
    } catch (error) {
      pump.break(error);
      return undefined;
    }
  }

  /** Keeps an answer; then it is the row's. */
  keep(answer: Answer, call: Call, keeper: AnswerKeeper): void {
    const { log } = this.#options;
    if (call instanceof OpenAsk) {
      const lane = this.#options.lanes.get(call.lane!);
      const marks = { hash: call.hash, lane: lane.setup.name };
      const then = (place: JournalPlace) => this.#endAsk(call, answer, lane, place);
      log.keep(answer, marks, call.row.id, new Keeping(keeper, then));
      return;
    }
    const only = call as OnlyCall;
    if (only.more === undefined || only.more.isEnough(answer)) {
      const then = (place: JournalPlace) => this.#endOnly(only, answer, place);
      log.keep(answer, null, only.id, new Keeping(keeper, then));
    } else this.#grow(only, only.more, answer, keeper);
  }

  #endAsk(ask: OpenAsk, answer: Answer, lane: OpenLane, { offset, content }: JournalPlace): void {
    const { table, onAnswer } = this.#options;
    ask.isUnderWay = false;
    table.addAnswer(ask.key.row, offset, answer.status === 'ok');
    onAnswer?.(answer, lane);
    ask.row.take(ask, answer, content);
  }

  #endOnly(call: OnlyCall, answer: Answer, { offset, content }: JournalPlace): void {
    const { table, onAnswer, onRecord, onOnlyCall } = this.#options;
    const { row } = call.key;
    const isGood = answer.status === 'ok';
    table.addAnswer(row, offset, isGood);
    onAnswer?.(answer, this.#laneOfOnly(call));
    onRecord?.(row, content, !isGood);
    if (call.isOpen) onOnlyCall(row, true);
  }

  #grow(call: OnlyCall, more: MoreCalls, only: Answer, keeper: AnswerKeeper): void {
    const { log, table, onAnswer, onGrown } = this.#options;
    const { row } = call.key;
    const lane = this.#laneOfOnly(call);
    const { name } = lane.setup;
    // From now on it is the first one of the row's workflow.
    const answer = { ...only, key: { row, name: more.name } };
    const marks = { hash: requestHash(name, call.request), lane: name };
    const then = ({ offset }: JournalPlace) => {
      table.grow(row);
      table.addAnswer(row, offset, answer.status === 'ok');
      onAnswer?.(answer, lane);
      onGrown(call, { type: 'answer', answer, marks, envelope: {} });
    };
    log.keep(answer, marks, call.id, new Keeping(keeper, then));
  }

  #laneOfOnly({ lane, key }: OnlyCall): OpenLane {
    const { lanes, ownLaneOf } = this.#options;
    return lanes.get(lane ?? ownLaneOf(key.row));
  }

  /** Takes note of a call that has no answer, because its lane has ended. */
  drop(call: Call, answer: Answer | null): void {
    if (call instanceof OpenAsk) {
      if (!call.isUnderWay) return;
      call.isUnderWay = false;
      call.row.lose(call, answer);
    } else if ((call as OnlyCall).isOpen) this.#options.onOnlyCall(call.key.row, false);
  }
}
