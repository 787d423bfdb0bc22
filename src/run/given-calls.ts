import type { AnswerSink, Call, Pump } from '../ask/index.ts';
import type { Answer } from '../core/answer.ts';
import type { Clock } from '../core/clock.ts';
import type { SimpleModel } from '../core/model.ts';
import type { AnswerLog, RowTable } from '../store/index.ts';
import { cancelledAnswer, cancelledError } from './ask-scope.ts';
import type { Lanes, OpenLane } from './lanes.ts';
import type { OpenAsk } from './open-ask.ts';
import type { OpenRow } from './open-row.ts';

/** What the calls of a run go through. */
export interface GivenCallsOptions {
  readonly pump: Pump;
  readonly lanes: Lanes;
  readonly log: AnswerLog;
  readonly table: RowTable;
  readonly clock: Clock;
  /** Told of every answer that is safe. */
  readonly onAnswer: ((answer: Answer, lane: OpenLane) => void) | undefined;
  /** The lane of an entry's rows that were given out from there. */
  readonly ownLaneOf: (row: number) => number;
  /** Told when a row's only call that was put into a lane has ended, or cannot in this run. */
  readonly onOnlyCall: (row: number, hasEnded: boolean) => void;
}

/** Where a call belongs: to an open row, or it is a row's only one. */
type Owner = { readonly row: OpenRow; readonly ask: OpenAsk } | { readonly lane: number };

/** The calls that were put into lanes: keeps each answer before the row that asked gets it. */
export class GivenCalls implements AnswerSink {
  readonly #options: GivenCallsOptions;
  readonly #owners = new Map<Call, Owner>();

  constructor(options: GivenCallsOptions) {
    this.#options = options;
  }

  /** What a model is called in the journal: what its name stands for, not what it was named. */
  nameOf(model: SimpleModel, group: string | null): string {
    const { lanes } = this.#options;
    return lanes.get(lanes.numberOf(model, group)).setup.name;
  }

  /** Puts a call of an open row into its lane. */
  send(row: OpenRow, ask: OpenAsk): void {
    const lane = this.#laneOf(row, ask);
    if (lane === undefined) return;
    this.#owners.set(ask.call, { row, ask });
    this.#options.pump.add(lane, ask.call);
  }

  /** Puts a row's only call into a lane. */
  sendOnly(call: Call, lane: number): void {
    this.#owners.set(call, { lane });
    this.#options.pump.add(lane, call);
  }

  /** Ends a call of an open row: its answer says so, unless its own has come. */
  cancel(row: OpenRow, ask: OpenAsk): void {
    const { pump, clock } = this.#options;
    if (ask.lane !== null && pump.cancel(ask.lane, ask.call, cancelledError())) return;
    // Its answer is on its way to the disk.
    if (ask.state === 'sent' && this.#owners.has(ask.call)) return;
    if (this.#laneOf(row, ask) === undefined) return;
    ask.state = 'sent';
    this.#owners.set(ask.call, { row, ask });
    const answer = cancelledAnswer(row.number, ask.call.key.name, clock.wallMs());
    this.write(answer, ask.call).catch((error) => pump.break(error));
  }

  /** The lane of a call. Who describes lanes may throw, which ends the run. */
  #laneOf(row: OpenRow, ask: OpenAsk): number | undefined {
    const { lanes, pump } = this.#options;
    try {
      ask.lane ??= lanes.numberOf(ask.call.model, row.group);
      return ask.lane;
    } catch (error) {
      pump.break(error);
      return undefined;
    }
  }

  /** Keeps an answer; then it is the row's. */
  write(answer: Answer, call: Call): Promise<void> {
    const { log, table, lanes, onAnswer, ownLaneOf, onOnlyCall } = this.#options;
    const { row } = call.key;
    const owner = this.#owners.get(call);
    const ok = answer.status === 'ok';
    if (owner !== undefined && 'ask' in owner) {
      const { ask } = owner;
      const lane = lanes.get(ask.lane!);
      return log.append(answer, { hash: ask.hash, lane: lane.setup.name }).then(({ offset }) => {
        this.#owners.delete(call);
        table.addAnswer(row, offset, ok);
        onAnswer?.(answer, lane);
        owner.row.take(ask, answer);
      });
    }
    return log.append(answer, null).then(({ offset }) => {
      table.addAnswer(row, offset, ok);
      onAnswer?.(answer, lanes.get(owner?.lane ?? ownLaneOf(row)));
      if (owner === undefined) return;
      this.#owners.delete(call);
      onOnlyCall(row, true);
    });
  }

  /** Takes note of a call that has no answer, because its lane has ended. */
  drop(call: Call, answer: Answer | null): void {
    const owner = this.#owners.get(call);
    if (owner === undefined) return;
    this.#owners.delete(call);
    if ('ask' in owner) owner.row.lose(owner.ask, answer);
    else this.#options.onOnlyCall(call.key.row, false);
  }
}
