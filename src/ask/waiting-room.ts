import { isDue } from '../scheduler/index.ts';
import type { Call } from './call.ts';
import type { Work } from './work.ts';

/** Calls that wait for their next try, the one that is due first in front. */
export class WaitingRoom {
  #works: Work[] = [];

  get size(): number {
    return this.#works.length;
  }

  /** The one that is due first; undefined if there is none. */
  get first(): Work | undefined {
    return this.#works[0];
  }

  add(work: Work): void {
    let low = 0;
    let high = this.#works.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#works[middle]!.dueMs <= work.dueMs) low = middle + 1;
      else high = middle;
    }
    this.#works.splice(low, 0, work);
  }

  /** Takes out the first one if it is due. */
  takeDue(nowMs: number): Work | undefined {
    const first = this.#works[0];
    return first && isDue(first.dueMs, nowMs) ? this.#works.shift() : undefined;
  }

  /** Takes out a call; undefined if it is not here. */
  remove(call: Call): Work | undefined {
    const index = this.#works.findIndex((work) => work.call === call);
    return index < 0 ? undefined : this.#works.splice(index, 1)[0];
  }

  /** Takes out everything. */
  clear(): Work[] {
    return this.#works.splice(0);
  }
}
