import type { Call } from './call.ts';
import { WaitingRoom } from './waiting-room.ts';
import { newWork, type Work } from './work.ts';

/** With this many calls waiting for another try no new ones are pulled: memory stays bounded. */
const MOST_WAITING = 1_000;

/** Where a queue gets new calls, and whom it tells. */
export interface CallQueueOptions {
  readonly pull: () => Call | undefined | Promise<Call | undefined>;
  /** Called when a call that had to be waited for has arrived. */
  readonly onArrived: () => void;
  /** Called when a call that had to be waited for cannot come. */
  readonly onBroken: (error: unknown) => void;
}

/** The calls of one lane: those to be tried again, those ready to start, and the source of new ones. */
export class CallQueue {
  readonly #options: CallQueueOptions;
  readonly #waitingRoom = new WaitingRoom();
  /** Turns of rows that have begun; they come before new rows. */
  #followUps: Work[] = [];
  /** Rows that were pulled and could not start yet. */
  #pulled: Work[] = [];
  #pulling = false;
  #exhausted = false;
  #closed = false;
  #dropped = false;

  constructor(options: CallQueueOptions) {
    this.#options = options;
  }

  /** True when nothing is left and nothing more will come by itself. */
  get isEmpty(): boolean {
    const waiting = this.#waitingRoom.size + this.#followUps.length + this.#pulled.length;
    return this.#exhausted && waiting === 0;
  }

  /** True when it is empty because every call was given out, not because some were dropped. */
  get isFinished(): boolean {
    return this.isEmpty && !this.#dropped;
  }

  /** When the next call that waits for another try is due. */
  get firstDueMs(): number | undefined {
    return this.#waitingRoom.firstDueMs;
  }

  /**
   * Takes the next call that may start: one due again, the next turn of a row, or a new one.
   *
   * @throws what the source throws.
   */
  take(nowMs: number): Work | undefined {
    const work =
      this.#waitingRoom.takeDue(nowMs) ?? this.#followUps.shift() ?? this.#pulled.shift();
    if (work) return work;
    if (this.#exhausted || this.#pulling || this.#waitingRoom.size >= MOST_WAITING) {
      return undefined;
    }
    const call = this.#pull();
    return call && newWork(call, false);
  }

  /** Puts back a call that could not start after all, in its place: tries, then turns, then new rows. */
  putBack(work: Work): void {
    if (work.tries > 0) this.#waitingRoom.add(work);
    else if (work.isFollowUp) this.#followUps.unshift(work);
    else this.#pulled.unshift(work);
  }

  addFollowUp(call: Call): void {
    if (this.#closed) this.noteDropped();
    else this.#followUps.push(newWork(call, true));
  }

  /** Keeps a call until it is due for another try. */
  addRetry(work: Work, dueMs: number): void {
    if (this.#closed) {
      this.noteDropped();
      return;
    }
    work.dueMs = dueMs;
    this.#waitingRoom.add(work);
  }

  /** Notes that a call ends without an answer. */
  noteDropped(): void {
    this.#dropped = true;
  }

  /** Drops everything, and whatever would still come. */
  close(): void {
    if (!this.isEmpty) this.noteDropped();
    this.#closed = true;
    this.#exhausted = true;
    this.#followUps = [];
    this.#pulled = [];
    this.#waitingRoom.clear();
  }

  #pull(): Call | undefined {
    const next = this.#options.pull();
    if (!(next instanceof Promise)) {
      this.#exhausted = next === undefined;
      return next;
    }
    this.#pulling = true;
    next.then(
      (call) => {
        this.#pulling = false;
        if (this.#closed) return;
        this.#exhausted = call === undefined;
        if (call) this.#pulled.push(newWork(call, false));
        this.#options.onArrived();
      },
      (error: unknown) => {
        this.#pulling = false;
        if (!this.#closed) this.#options.onBroken(error);
      },
    );
    return undefined;
  }
}
