import type { Call, CallSource } from './call.ts';
import { WaitingRoom } from './waiting-room.ts';
import { Work, WorkLine } from './work.ts';

/** With this many calls waiting for another try no new ones are pulled: memory stays bounded. */
const MAX_WAITING = 1_000;

/** Where a queue gets new calls, and whom it tells. */
export interface CallQueueOptions {
  readonly pull: () => ReturnType<CallSource['next']>;
  /** Called when a call that had to be waited for has arrived. */
  readonly onArrived: () => void;
  /** Called when a call that had to be waited for cannot come. */
  readonly onBroken: (error: unknown) => void;
}

/** The calls of one lane: those to be tried again, those of rows that have begun, and the source of new ones. */
export class CallQueue {
  readonly #options: CallQueueOptions;
  readonly #waitingRoom = new WaitingRoom();
  /** Calls of rows that have begun; they come before new rows. */
  readonly #added = new WorkLine();
  /** Rows that were pulled and could not start yet. */
  #pulled: Work[] = [];
  #source: 'ready' | 'pulling' | 'later' | 'exhausted' = 'ready';
  #closed = false;
  #dropped = false;
  /** Calls that were added, those included that are gone; and how many that were when the source was asked last. */
  #addedCount = 0;
  #addedBefore = 0;

  constructor(options: CallQueueOptions) {
    this.#options = options;
  }

  /** True when nothing is left and nothing more will come by itself. */
  get isEmpty(): boolean {
    const waiting = this.#waitingRoom.size + this.#added.size + this.#pulled.length;
    return this.#source === 'exhausted' && waiting === 0;
  }

  /** True when it is empty because every call was given out, not because some were dropped. */
  get isFinished(): boolean {
    return this.isEmpty && !this.#dropped;
  }

  /** True while there is nothing to give out besides what is in flight, as far as is known. */
  get isIdle(): boolean {
    const waiting = this.#waitingRoom.size + this.#added.size + this.#pulled.length;
    return waiting === 0 && (this.#source === 'exhausted' || this.#source === 'later');
  }

  /** The call that is due first of those that wait for another try. */
  get firstDue(): Work | undefined {
    return this.#waitingRoom.first;
  }

  /**
   * Takes the next call that may start: one due again, one of a row that has begun, or a new one.
   *
   * @throws what the source throws.
   */
  take(nowMs: number): Work | undefined {
    return this.#waitingRoom.takeDue(nowMs) ?? this.takeNew();
  }

  /** Takes the next call that has not been tried. @throws what the source throws. */
  takeNew(): Work | undefined {
    const work = this.#added.take() ?? this.#pulled.shift();
    if (work) return work;
    if (this.#source !== 'ready' || this.#waitingRoom.size >= MAX_WAITING) return undefined;
    const call = this.#pull();
    // A row that was begun by the pull may have added calls.
    return call ? new Work(call, false) : this.#added.take();
  }

  /** Puts back a call that could not start after all, in its place: tries, then begun rows, then new ones. */
  putBack(work: Work): void {
    if (work.tries > 0) this.#waitingRoom.add(work);
    else if (work.isAdded) this.#added.putBack(work);
    else this.#pulled.unshift(work);
  }

  /** Takes a call of a row that has begun; never refused while the lane goes on. */
  add(call: Call): void {
    this.#addedCount++;
    this.#added.add(new Work(call, true));
  }

  /** Lets the source be asked again after it had nothing for the moment. @param isOver it will have nothing any more */
  resume(isOver = false): void {
    // One that was let go on before and has not been asked since, while its lane waits, is over all the same.
    if (isOver && this.#source === 'ready') this.#source = 'exhausted';
    if (this.#source === 'later') this.#source = isOver ? 'exhausted' : 'ready';
  }

  /** Keeps a call until it is due for another try. */
  addRetry(work: Work, dueMs: number): void {
    work.dueMs = dueMs;
    this.#waitingRoom.add(work);
  }

  /** Takes out a call that has not been given out; undefined if it is not here. */
  remove(call: Call): Work | undefined {
    return this.#added.remove(call) ?? this.#waitingRoom.remove(call);
  }

  /** Notes that a call ends without an answer. */
  noteDropped(): void {
    this.#dropped = true;
  }

  /** Drops everything, and whatever would still come; returns what was here. */
  close(): Work[] {
    const dropped = [...this.#waitingRoom.clear(), ...this.#added.clear(), ...this.#pulled];
    if (dropped.length > 0 || this.#source !== 'exhausted') this.noteDropped();
    this.#closed = true;
    this.#source = 'exhausted';
    this.#pulled = [];
    return dropped;
  }

  #pull(): Call | undefined {
    this.#addedBefore = this.#addedCount;
    const next = this.#options.pull();
    if (!(next instanceof Promise)) return this.#taken(next);
    this.#source = 'pulling';
    next.then(
      (given) => {
        if (this.#closed) return;
        const call = this.#taken(given);
        if (call) this.#pulled.push(new Work(call, false));
        this.#options.onArrived();
      },
      (error: unknown) => {
        if (!this.#closed) this.#options.onBroken(error);
      },
    );
    return undefined;
  }

  #taken(next: Call | 'later' | undefined): Call | undefined {
    if (typeof next === 'object') {
      this.#source = 'ready';
      return next;
    }
    this.#source = next ?? 'exhausted';
    // A row that was begun may have asked at once: then the next one need not wait for a turn.
    if (this.#addedCount > this.#addedBefore) this.resume();
    return undefined;
  }
}
