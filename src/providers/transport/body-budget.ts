const MEBIBYTE = 1024 * 1024;

/** The most bytes one answer may have, after inflation. */
export const ANSWER_LIMIT_BYTES = 64 * MEBIBYTE;

/** Something that holds the bytes of one answer and can give them up. */
export interface BudgetHolder {
  readonly heldBytes: number;
  /** Drops the answer as too large and gives its bytes back with `BodyBudget.leave`. */
  giveUp(): void;
}

/**
 * Bounds the bytes held by all answers in flight together. When they are too many, the largest
 * answer is given up, not the one that happens to arrive: a flood must not cost a small answer.
 */
export class BodyBudget {
  readonly #limitBytes: number;
  readonly #holders = new Set<BudgetHolder>();
  #heldBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Counts bytes that `holder` has just added to its `heldBytes`. */
  add(holder: BudgetHolder, bytes: number): void {
    this.#holders.add(holder);
    this.#heldBytes += bytes;
    while (this.#heldBytes > this.#limitBytes && this.#holders.size > 0) this.#largest().giveUp();
  }

  /** Ends the holding of an answer, whether it is complete or given up. */
  leave(holder: BudgetHolder): void {
    if (this.#holders.delete(holder)) this.#heldBytes -= holder.heldBytes;
  }

  #largest(): BudgetHolder {
    let largest: BudgetHolder | undefined;
    for (const holder of this.#holders) {
      if (largest === undefined || holder.heldBytes > largest.heldBytes) largest = holder;
    }
    return largest!;
  }
}

/** The one budget of the process: memory is shared by all endpoints. */
export const PROCESS_BUDGET = new BodyBudget(128 * MEBIBYTE);
