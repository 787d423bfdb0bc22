/** Rows of one prompt that were kept. */
export interface SampledPrompt<Row> {
  readonly rows: Row[];
  /** Rows that were not kept. */
  left: number;
}

/**
 * Chooses rows by their prompt, so that the answers to one prompt stay together, in one pass and in memory that does not
 * grow: the prompts with the smallest hashes are kept (a bottom-k sample), which is a fair choice of prompts that does
 * not depend on the order of rows. Where everything has room, everything is kept; else a prompt has at most a tenth.
 */
export class PromptSample<Row> {
  readonly #limit: number;
  readonly #share: number;
  readonly #prompts = new Map<string, SampledPrompt<Row>>();
  #rows = 0;
  #isFull = false;
  /** Prompts from this hash on are not kept any more. */
  #border: string | undefined;

  /** @param limit most rows */
  constructor(limit: number) {
    this.#limit = limit;
    this.#share = Math.max(1, Math.floor(limit / 10));
  }

  /** @param make makes the row; called only where it is kept at first */
  add(hash: string, make: () => Row): void {
    if (this.#limit === 0 || (this.#border !== undefined && hash >= this.#border)) return;
    let prompt = this.#prompts.get(hash);
    if (prompt === undefined) {
      prompt = { rows: [], left: 0 };
      this.#prompts.set(hash, prompt);
    }
    if (this.#isFull && prompt.rows.length >= this.#share) {
      prompt.left++;
      return;
    }
    prompt.rows.push(make());
    this.#rows++;
    if (this.#rows > this.#limit) this.#makeRoom();
  }

  /** What was kept, by hash. */
  get prompts(): ReadonlyMap<string, SampledPrompt<Row>> {
    return this.#prompts;
  }

  #makeRoom(): void {
    if (!this.#isFull) {
      this.#isFull = true;
      for (const prompt of this.#prompts.values()) this.#shorten(prompt);
    }
    while (this.#rows > this.#limit) {
      let last = '';
      for (const hash of this.#prompts.keys()) if (hash > last) last = hash;
      this.#rows -= this.#prompts.get(last)!.rows.length;
      this.#prompts.delete(last);
      this.#border = last;
    }
  }

  #shorten(prompt: SampledPrompt<Row>): void {
    const over = prompt.rows.length - this.#share;
    if (over <= 0) return;
    prompt.rows.length = this.#share;
    prompt.left += over;
    this.#rows -= over;
  }
}
