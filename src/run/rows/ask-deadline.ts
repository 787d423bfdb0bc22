import type { Clock } from '../../core/clock.ts';

/** A moment by which a call, or every call of a composite model, must have ended. It can be put off. */
export class AskDeadline {
  readonly #outer: AskDeadline | null;
  #untilMs: number;

  /** @param outer of the composite model within which it is asked; null without one */
  constructor(untilMs: number, outer: AskDeadline | null) {
    this.#untilMs = untilMs;
    this.#outer = outer;
  }

  /** Monotonic time. */
  get untilMs(): number {
    return Math.min(this.#untilMs, this.#outer?.untilMs ?? Number.POSITIVE_INFINITY);
  }

  /** Puts it off where it is earlier. */
  postponeTo(untilMs: number): void {
    this.#untilMs = Math.max(this.#untilMs, untilMs);
    this.#outer?.postponeTo(untilMs);
  }
}

/** What the deadline of a call is watched with. */
export interface DeadlineWatchOptions {
  readonly clock: Clock;
  readonly deadline: AskDeadline;
  /** Good answers of its lane so far. */
  readonly answered: () => number;
  /** Ends the call. */
  readonly expire: () => void;
}

/**
 * Ends a call when its deadline has passed. What it stands behind others of its lane, while these are answered, does not
 * count: a row among many would have no time for its own. What its lane is refused, or does not answer, does.
 */
export class DeadlineWatch {
  readonly #options: DeadlineWatchOptions;
  /** What it had left when it was asked, in milliseconds. */
  readonly #leftMs: number;
  #answeredBefore: number;
  #hasTurn = false;
  #cancelTimer: (() => void) | undefined;

  constructor(options: DeadlineWatchOptions) {
    this.#options = options;
    this.#leftMs = Math.max(0, options.deadline.untilMs - options.clock.monotonicMs());
    this.#answeredBefore = options.answered();
    this.#arm();
  }

  /** Notes that the call has come to its turn. */
  noteTurn(): void {
    if (this.#hasTurn) return;
    this.#hasTurn = true;
    this.#putOffIfQueued();
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #arm(): void {
    const { clock, deadline } = this.#options;
    const waitMs = Math.max(0, deadline.untilMs - clock.monotonicMs());
    this.#cancelTimer = clock.after(waitMs, () => this.#look());
  }

  #look(): void {
    this.#cancelTimer = undefined;
    const { clock, deadline, expire } = this.#options;
    if (!this.#hasTurn) this.#putOffIfQueued();
    if (clock.monotonicMs() < deadline.untilMs) this.#arm();
    else expire();
  }

  #putOffIfQueued(): void {
    const { clock, deadline, answered } = this.#options;
    const now = answered();
    if (now === this.#answeredBefore) return;
    this.#answeredBefore = now;
    deadline.postponeTo(clock.monotonicMs() + this.#leftMs);
  }
}

/** The deadline of what is asked: its own, within that of the composite model that asks; null without either. */
export function deadlineOf(
  deadlineMs: number | undefined,
  outer: AskDeadline | null,
  clock: Clock,
): AskDeadline | null {
  return deadlineMs === undefined
    ? outer
    : new AskDeadline(clock.monotonicMs() + deadlineMs, outer);
}
