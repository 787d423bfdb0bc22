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
  /** Called when pulling failed. */
  readonly onBroken: (error: unknown) => void;
}

/** The calls of one lane: those to be tried again, those ready to start, and the source of new ones. */
export class CallQueue {
  readonly #options: CallQueueOptions;
  readonly #waitingRoom = new WaitingRoom();
  #ready: Work[] = [];
  #pulling = false;
  #exhausted = false;

  constructor(options: CallQueueOptions) {
    this.#options = options;
  }

  /** True when nothing is left and nothing more will come by itself. */
  get isEmpty(): boolean {
    return this.#exhausted && this.#ready.length === 0 && this.#waitingRoom.size === 0;
  }

  /** True while a new call is being waited for. */
  get isPulling(): boolean {
    return this.#pulling;
  }

  /** When the next call that waits for another try is due. */
  get firstDueMs(): number | undefined {
    return this.#waitingRoom.firstDueMs;
  }

  /** Takes the next call that may start: one due again, a ready one, or a new one. */
  take(nowMs: number): Work | undefined {
    const work = this.#waitingRoom.takeDue(nowMs) ?? this.#ready.shift();
    if (work) return work;
    if (this.#exhausted || this.#pulling || this.#waitingRoom.size >= MOST_WAITING) {
      return undefined;
    }
    const call = this.#pull();
    return call && newWork(call);
  }

  /** Puts back a call that could not start after all; it comes first. */
  putBack(work: Work): void {
    this.#ready.unshift(work);
  }

  addFollowUp(call: Call): void {
    this.#ready.push(newWork(call));
  }

  /** Keeps a call until it is due for another try. */
  addRetry(work: Work, dueMs: number): void {
    work.dueMs = dueMs;
    this.#waitingRoom.add(work);
  }

  clear(): void {
    this.#ready = [];
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
        this.#exhausted = call === undefined;
        if (call) this.#ready.push(newWork(call));
        this.#options.onArrived();
      },
      (error: unknown) => {
        this.#pulling = false;
        this.#exhausted = true;
        this.#options.onBroken(error);
      },
    );
    return undefined;
  }
}
