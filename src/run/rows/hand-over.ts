import type { Answer } from '../../core/answer.ts';
import type { OpenAsk } from './open-ask.ts';
import type { SavedAnswers } from './saved-answers.ts';
import type { Turns } from './turns.ts';

/** An answer whose turn has not come. */
export interface Arrived {
  readonly ask: OpenAsk;
  readonly answer: Answer;
  /** `saved`: by an earlier process. `new`: its line was written. `unkept`: the error that ended a lane. */
  readonly kind: 'saved' | 'new' | 'unkept';
}

/** The row that a hand-over serves. */
export interface HandOverRow {
  /** Calls that the workflow waits for. */
  readonly asks: { get(name: string): OpenAsk | undefined };
  /** Gives the workflow an answer whose turn has come. */
  settle(arrived: Arrived): void;
  /** Sends a call that was held back for saved answers and need not wait any longer. */
  send(ask: OpenAsk): void;
  /** Told in the turn after something has happened, when the workflow has run on. */
  hasRunOn(): void;
}

/**
 * Hands the answers of one row to its workflow in the order of their lines, one in a turn of the event loop, so
 * that it has run on to its next wait before it gets another: run again with the same answers, it does the
 * same. Saved answers come first, and calls without one wait for them.
 */
export class HandOver {
  readonly #row: HandOverRow;
  readonly #turns: Turns;
  readonly #saved: SavedAnswers | undefined;
  /** Names of calls that have no saved answer, and wait until those that are there have come. */
  #waiting: string[] = [];
  /** Made when two answers come in one turn. */
  #arrived: Arrived[] | undefined;
  #lastTurn = -1;
  #planned = false;
  #stopped = false;

  /** @param saved undefined for a row that begins */
  constructor(row: HandOverRow, turns: Turns, saved: SavedAnswers | undefined) {
    this.#row = row;
    this.#turns = turns;
    this.#saved = saved;
  }

  /** True when a call that is asked now has to wait for saved answers, its own or those before it. */
  hold(name: string): boolean {
    const saved = this.#saved;
    if (saved === undefined) return false;
    if (saved.want(name)) return true;
    if (!saved.holdsOthers) return false;
    this.#waiting.push(name);
    return true;
  }

  /** True when a call waits for saved answers. */
  holds(name: string): boolean {
    const saved = this.#saved;
    return saved !== undefined && (saved.has(name) || saved.holdsOthers);
  }

  add(arrived: Arrived): void {
    if (this.#saved === undefined && this.#arrived === undefined && this.#mayGive()) {
      this.#give(arrived);
      return;
    }
    this.#arrived ??= [];
    this.#arrived.push(arrived);
    this.#advance();
  }

  /** Looks again in the next turn. */
  plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    this.#turns.next(() => {
      this.#planned = false;
      if (this.#stopped) return;
      this.#advance();
      this.#row.hasRunOn();
    });
  }

  /** Hands over nothing more. */
  stop(): void {
    this.#stopped = true;
  }

  /** Saved answers that the workflow has not asked for. */
  rest(): Answer[] {
    return this.#saved?.rest() ?? [];
  }

  #mayGive(): boolean {
    return this.#lastTurn !== this.#turns.number;
  }

  #give(arrived: Arrived): void {
    this.#lastTurn = this.#turns.number;
    this.#row.settle(arrived);
  }

  #advance(): void {
    const next = this.#mayGive() ? (this.#takeSaved() ?? this.#arrived?.shift()) : undefined;
    if (this.#arrived?.length === 0) this.#arrived = undefined;
    if (next !== undefined) this.#give(next);
    // Behind the last saved answer stand the calls that waited for it.
    const isReplay = next?.kind === 'saved' || this.#saved?.holdsOthers;
    if (isReplay || this.#arrived !== undefined) this.plan();
  }

  #takeSaved(): Arrived | undefined {
    const saved = this.#saved;
    if (saved === undefined) return undefined;
    const { asks } = this.#row;
    const found = saved.take(asks, ({ key }) => this.#waiting.push(key.name));
    if (found !== undefined) return { ...found, kind: 'saved' };
    if (saved.holdsOthers) return undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const name of waiting) {
      const ask = asks.get(name);
      if (ask?.state === 'held') this.#row.send(ask);
    }
    return undefined;
  }
}
