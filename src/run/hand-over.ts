import type { Answer } from '../core/answer.ts';
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

/** What a hand-over serves. */
export interface HandOverOptions {
  readonly turns: Turns;
  /** Calls that the workflow waits for, by name. */
  readonly open: ReadonlyMap<string, OpenAsk>;
  /** Undefined for a row that begins. */
  readonly saved: SavedAnswers | undefined;
  readonly onAnswer: (arrived: Arrived) => void;
  /** Told of a call that was held back for saved answers and need not wait any longer. */
  readonly onSend: (ask: OpenAsk) => void;
  /** Told in the turn after something has happened, when the workflow has run on. */
  readonly onTurn: () => void;
}

/**
 * Hands the answers of one row to its workflow in the order of their lines, one in a turn of the event loop, so
 * that it has run on to its next wait before it gets another: run again with the same answers, it does the
 * same. Saved answers come first, and calls without one wait for them.
 */
export class HandOver {
  readonly #options: HandOverOptions;
  readonly #arrived: Arrived[] = [];
  #lastTurn = -1;
  #planned = false;
  #stopped = false;

  constructor(options: HandOverOptions) {
    this.#options = options;
  }

  /** True when a call has to wait for saved answers, its own or those before it. */
  holds(name: string): boolean {
    const { saved } = this.#options;
    return saved !== undefined && (saved.has(name) || saved.holdsOthers);
  }

  add(arrived: Arrived): void {
    this.#arrived.push(arrived);
    this.#advance();
  }

  /** Looks again in the next turn. */
  plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    this.#options.turns.next(() => {
      this.#planned = false;
      if (this.#stopped) return;
      this.#advance();
      this.#options.onTurn();
    });
  }

  /** Hands over nothing more. */
  stop(): void {
    this.#stopped = true;
  }

  /** Saved answers that the workflow has not asked for. */
  rest(): Answer[] {
    return this.#options.saved?.rest() ?? [];
  }

  #advance(): void {
    const { turns, saved, onAnswer } = this.#options;
    const isTurn = this.#lastTurn !== turns.number;
    const next = isTurn ? (this.#takeSaved() ?? this.#arrived.shift()) : undefined;
    if (next !== undefined) {
      this.#lastTurn = turns.number;
      onAnswer(next);
    }
    // Behind the last saved answer stand the calls that waited for it.
    const isReplay = next?.kind === 'saved' || saved?.holdsOthers;
    if (isReplay || this.#arrived.length > 0) this.plan();
  }

  #takeSaved(): Arrived | undefined {
    const { saved, open, onSend } = this.#options;
    if (saved === undefined) return undefined;
    const found = saved.take(open);
    if (found !== undefined) return { ...found, kind: 'saved' };
    if (saved.holdsOthers) return undefined;
    for (const [name, ask] of open) if (ask.state === 'held' && !saved.has(name)) onSend(ask);
    return undefined;
  }
}
