import type { OpenAsk } from './open-ask.ts';

const NONE: readonly OpenAsk[] = [];

/**
 * The names that a workflow has used, and the calls that it waits for, in the order in which it asked. Most
 * workflows wait for one call at a time: that one needs no map.
 */
export class OpenAsks {
  #firstName: string | undefined;
  #names: Set<string> | undefined;
  #one: OpenAsk | undefined;
  #more: Map<string, OpenAsk> | undefined;

  /** Takes a name for a call; false when it was taken before. */
  claimName(name: string): boolean {
    if (this.#firstName === undefined) {
      this.#firstName = name;
      return true;
    }
    if (this.#firstName === name || this.#names?.has(name)) return false;
    this.#names ??= new Set();
    this.#names.add(name);
    return true;
  }

  /** Calls that are waited for. */
  get size(): number {
    return (this.#one === undefined ? 0 : 1) + (this.#more?.size ?? 0);
  }

  get(name: string): OpenAsk | undefined {
    return this.#one?.key.name === name ? this.#one : this.#more?.get(name);
  }

  has(ask: OpenAsk): boolean {
    return this.get(ask.key.name) === ask;
  }

  add(ask: OpenAsk): void {
    if (this.size === 0) this.#one = ask;
    else {
      this.#more ??= new Map();
      this.#more.set(ask.key.name, ask);
    }
  }

  delete(ask: OpenAsk): void {
    if (this.#one === ask) this.#one = undefined;
    else this.#more?.delete(ask.key.name);
  }

  /** They may go while they are gone through. */
  [Symbol.iterator](): Iterator<OpenAsk> {
    if (this.#more !== undefined && this.#more.size > 0) return this.#each();
    return (this.#one === undefined ? NONE : [this.#one]).values();
  }

  *#each(): Generator<OpenAsk, void, void> {
    if (this.#one !== undefined) yield this.#one;
    yield* this.#more!.values();
  }
}
