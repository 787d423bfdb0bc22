/** Where results go, at the pace of the one who reads them. */
export interface ResultFlow {
  readonly isFull: boolean;
  /** Set by the run; called when there is room again. */
  onRoom: () => void;
}

/** Most results that may wait for their reader before no further row begins. */
const MAX_WAITING = 1_000;

/** Results on their way from a run to the one who reads them. */
export class ResultStream<Item> implements ResultFlow {
  #waiting: Item[] = [];
  #end: { readonly error?: unknown } | undefined;
  #wake: () => void = () => {};
  /** Called when there is room again; the one who fills it sets this. */
  onRoom: () => void = () => {};

  /** True when the reader is far behind. */
  get isFull(): boolean {
    return this.#waiting.length >= MAX_WAITING;
  }

  add(item: Item): void {
    this.#waiting.push(item);
    this.#wake();
  }

  /** Ends the stream when what waits is read; with an error the reader gets that. */
  end(outcome: { readonly error?: unknown } = {}): void {
    this.#end ??= outcome;
    this.#wake();
  }

  /** Everything that comes, in order. */
  async *read(): AsyncGenerator<Item, void, void> {
    for (;;) {
      const items = this.#waiting;
      this.#waiting = [];
      yield* items;
      if (items.length >= MAX_WAITING) this.onRoom();
      if (this.#waiting.length > 0) continue;
      if (this.#end !== undefined) break;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if ('error' in this.#end) throw this.#end.error;
  }
}
