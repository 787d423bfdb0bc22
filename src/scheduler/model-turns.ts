import type { Clock } from '../core/clock.ts';
import type { Limits, SharedLimit, TokenCount, WaitReason, Waker } from './limiter.ts';

/**
 * So long a model keeps its turn when it has nothing to do: what an answer leads to is asked a moment later, and
 * another model takes seconds to be loaded.
 */
const GRACE_MS = 25;

/**
 * The models of a server that serves one at a time, which take turns by name. A model keeps its turn while it has
 * calls in flight, or calls that wait for something besides the turn; then the next one has it.
 */
export class ModelTurns {
  readonly #clock: Clock;
  readonly #seats = new Map<string, ModelSeat>();
  #holder: ModelSeat | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The place of a model, which all of its lanes share. */
  seat(model: string): ModelSeat {
    const seat = this.#seats.get(model) ?? new ModelSeat(model, this);
    this.#seats.set(model, seat);
    return seat;
  }

  /** True when it is a model's turn; else it will be woken when it is. */
  isTurnOf(seat: ModelSeat): boolean {
    if (this.#holder === seat) return true;
    this.review();
    return false;
  }

  /** Lets the next model have the turn in a moment, if who has it has nothing to do. */
  review(): void {
    if (this.#cancelTimer || this.#holder?.isBusy) return;
    if (![...this.#seats.values()].some(({ isBusy }) => isBusy)) return;
    // Nobody has it yet: all lanes begin in one moment, and the first by name is to have it.
    const delayMs = this.#holder === undefined ? 0 : GRACE_MS;
    this.#cancelTimer = this.#clock.after(delayMs, this.#pass);
  }

  readonly #pass = (): void => {
    this.#cancelTimer = undefined;
    if (this.#holder?.isBusy) return;
    const waiting = [...this.#seats.values()].filter(({ isBusy }) => isBusy).sort(byName);
    const before = this.#holder;
    const next = (before && waiting.find((seat) => byName(seat, before) > 0)) ?? waiting[0];
    if (next === undefined) return;
    this.#holder = next;
    next.wake();
  };
}

/** One model's place among those that take turns: its lanes count against it as against a limiter. */
export class ModelSeat implements SharedLimit {
  readonly name: string;
  readonly limits: Limits = {};
  readonly countsTokens = false;
  readonly #turns: ModelTurns;
  /** Lanes that have a call which they would start. */
  readonly #wanting = new Set<Waker>();
  #inFlight = 0;

  constructor(name: string, turns: ModelTurns) {
    this.name = name;
    this.#turns = turns;
  }

  /** True while it has calls in flight or wants to start some. */
  get isBusy(): boolean {
    return this.#inFlight > 0 || this.#wanting.size > 0;
  }

  readiness(_: TokenCount, nowMs: number, waker: Waker): { readyMs: number; reason: WaitReason } {
    this.#wanting.add(waker);
    const readyMs = this.#turns.isTurnOf(this) ? nowMs : Number.POSITIVE_INFINITY;
    return { readyMs, reason: 'turn' };
  }

  take(): void {
    this.#inFlight++;
  }

  settle(): void {}

  release(): void {
    this.#inFlight--;
    this.#turns.review();
  }

  /** Who has asked is woken when the turn comes. */
  enqueue(): void {}

  leave(waker: Waker, wantsNothing = false): void {
    if (wantsNothing && this.#wanting.delete(waker)) this.#turns.review();
  }

  /** Wakes its lanes. */
  wake(): void {
    for (const waker of this.#wanting) waker();
  }
}

function byName(left: ModelSeat, right: ModelSeat): number {
  if (left.name === right.name) return 0;
  return left.name < right.name ? -1 : 1;
}
