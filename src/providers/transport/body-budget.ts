import { Linked, LinkedSet } from '../../core/linked-set.ts';

const MEBIBYTE = 1024 * 1024;

/** The most bytes one answer may have, after inflation. */
export const ANSWER_LIMIT_BYTES = 64 * MEBIBYTE;

/** What an answer of unknown length claims at first: most are short, and thousands of streams may be open at once. */
const FIRST_BYTES = 4 * 1024;
/** The least by which an answer claims more. */
const STEP_BYTES = 64 * 1024;
/** The largest part of the budget that a declared length claims before any of it has come. */
const MAX_DECLARED = 1 / 8;
/** If less than this comes in a second while answers wait, those that are read hold up the others. */
const SLOW_BYTES_PER_SECOND = 64 * 1024;

/** Something that holds the bytes of one answer and can be made to wait. */
export abstract class BudgetHolder extends Linked {
  heldBytes = 0;
  /** Kept by the budget: what it holds and may take before it is looked at again. */
  claimedBytes = 0;
  /** Kept by the budget. */
  place: 'outside' | 'running' | 'waiting' = 'outside';
  /** Reads no more of its connection until `resume`. */
  abstract pause(): void;
  abstract resume(): void;
}

/**
 * Bounds the bytes held by all answers in flight together. When they would be too many, the youngest answers wait: their
 * connections are not read, so that their servers stop sending. One answer is always read on, whatever the others hold,
 * so that all come to their end; if it hardly moves, another one gets its place.
 */
export class BodyBudget {
  readonly #limitBytes: number;
  readonly #running = new LinkedSet<BudgetHolder>();
  readonly #waiting = new LinkedSet<BudgetHolder>();
  #claimedBytes = 0;
  /** Never made to wait. */
  #first: BudgetHolder | undefined;
  #isWaking = false;
  #gainedBytes = 0;
  #checkedMs = Number.NEGATIVE_INFINITY;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** What is claimed by all answers that are not at their end; at least what they hold. */
  get claimedBytes(): number {
    return this.#claimedBytes;
  }

  /** Lets an answer begin, or wait. @param declaredBytes the length that its head declares; NaN if it does not */
  enter(holder: BudgetHolder, declaredBytes: number): void {
    const declared = Math.min(declaredBytes || FIRST_BYTES, this.#limitBytes * MAX_DECLARED);
    const isFull = this.#claimedBytes + declared > this.#limitBytes;
    // Who waits is not overtaken: it would never get the room that it needs.
    if (this.#running.size > 0 && (isFull || this.#waiting.size > 0)) {
      this.#putInto('waiting', holder);
      holder.pause();
      return;
    }
    this.#putInto('running', holder);
    this.#claim(holder, declared);
  }

  /** Counts bytes that `holder` has just added to its `heldBytes`. */
  add(holder: BudgetHolder, bytes: number): void {
    this.#gainedBytes += bytes;
    if (holder.heldBytes <= holder.claimedBytes) return;
    if (holder.place === 'waiting') this.#claim(holder, holder.heldBytes);
    else this.#grow(holder);
  }

  /** Ends the holding of an answer, whether it is complete or given up. */
  leave(holder: BudgetHolder): void {
    if (holder.place === 'outside') return;
    this.#putInto('outside', holder);
    this.#claim(holder, 0);
    if (this.#first === holder) this.#first = undefined;
    this.#wakeSoon();
  }

  /**
   * Asked from time to time by who waits: if hardly anything comes of the answers that are read, the next one of those
   * that wait is read, too, and never made to wait again.
   */
  nudge(nowMs: number): void {
    if (nowMs - this.#checkedMs < 1_000) return;
    const isSlow = this.#gainedBytes < SLOW_BYTES_PER_SECOND;
    this.#checkedMs = nowMs;
    this.#gainedBytes = 0;
    const next = this.#waiting.first;
    if (!isSlow || next === undefined) return;
    this.#first = next;
    this.#run(next, next.heldBytes);
  }

  #grow(holder: BudgetHolder): void {
    const wanted = Math.max(holder.heldBytes * 2, holder.heldBytes + STEP_BYTES);
    this.#first ??= this.#running.first;
    while (this.#claimedBytes - holder.claimedBytes + wanted > this.#limitBytes) {
      const youngest = this.#youngest();
      if (youngest !== undefined) this.#stall(youngest);
      if (youngest === holder) return;
      if (youngest === undefined) {
        this.#claim(holder, holder.heldBytes);
        return;
      }
    }
    this.#claim(holder, wanted);
  }

  /** The youngest of those that are read, but for the first. */
  #youngest(): BudgetHolder | undefined {
    const { last } = this.#running;
    return last === undefined || last !== this.#first ? last : this.#running.before(last);
  }

  #stall(holder: BudgetHolder): void {
    this.#putInto('waiting', holder);
    this.#claim(holder, holder.heldBytes);
    holder.pause();
  }

  #run(holder: BudgetHolder, claimedBytes: number): void {
    this.#putInto('running', holder);
    this.#claim(holder, claimedBytes);
    holder.resume();
  }

  #putInto(place: BudgetHolder['place'], holder: BudgetHolder): void {
    if (holder.place === 'running') this.#running.delete(holder);
    else if (holder.place === 'waiting') this.#waiting.delete(holder);
    holder.place = place;
    if (place === 'running') this.#running.add(holder);
    else if (place === 'waiting') this.#waiting.add(holder);
  }

  #claim(holder: BudgetHolder, bytes: number): void {
    this.#claimedBytes += bytes - holder.claimedBytes;
    holder.claimedBytes = bytes;
  }

  /** Not at once: reading on may give bytes, and end answers, in the same turn. */
  #wakeSoon(): void {
    if (this.#isWaking || this.#waiting.size === 0) return;
    this.#isWaking = true;
    queueMicrotask(() => {
      this.#isWaking = false;
      this.#wake();
    });
  }

  #wake(): void {
    for (const holder of this.#waiting.all()) {
      // Reading another one on may have ended it.
      if (holder.place !== 'waiting') continue;
      const wanted = Math.max(holder.heldBytes * 2, STEP_BYTES);
      const fits = this.#claimedBytes - holder.claimedBytes + wanted <= this.#limitBytes;
      if (!fits && this.#running.size > 0) return;
      this.#run(holder, fits ? wanted : holder.heldBytes);
    }
  }
}

/**
 * The one budget of the process: memory is shared by all endpoints. Measured, a process takes several times as much,
 * for texts made of bodies and for buffers that wait to be collected.
 */
export const PROCESS_BUDGET = new BodyBudget(16 * MEBIBYTE);
