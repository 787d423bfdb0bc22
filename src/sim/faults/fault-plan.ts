import { seededRandom } from '../../core/seeded-random.ts';
import { hashText } from '../texts/hash-text.ts';
import { findFault } from './catalogue.ts';
import type { FaultRule, FaultWindow } from './fault-rule.ts';
import { parseFaults } from './parse-faults.ts';

/** One request, as far as faults are concerned. */
export interface FaultOccasion {
  /** Number of the request, from 1. */
  readonly number: number;
  /** Milliseconds since the server started. */
  readonly elapsedMs: number;
  readonly stream: boolean;
  readonly body: string;
  /** Whether a rule concerns the request at all; default: every rule does. */
  readonly concerns?: (rule: FaultRule) => boolean;
}

/**
 * Decides which request gets which fault. The draw depends on the seed and the request's number
 * alone; the rules share one draw, so their shares add up exactly.
 */
export class FaultPlan {
  readonly #rules: readonly FaultRule[];
  readonly #onlyStreams: ReadonlySet<FaultRule>;
  readonly #seed: number;
  readonly #countsRows: boolean;
  /** Faults in a row by hash of the request body. */
  readonly #inARow = new Map<number, number>();

  /** @param faults rules, or their text */
  constructor(faults: readonly FaultRule[] | string, seed: number) {
    const rules = typeof faults === 'string' ? parseFaults(faults) : faults;
    this.#rules = rules;
    this.#onlyStreams = new Set(rules.filter((rule) => findFault(rule.name)?.onlyStreams));
    this.#seed = seed;
    this.#countsRows = rules.some((rule) => rule.mostInARow !== null);
  }

  /** Draws the fault of a request; null for a normal answer. */
  draw(occasion: FaultOccasion): FaultRule | null {
    if (this.#rules.length === 0) return null;
    const rule = this.#drawRule(occasion);
    if (!this.#countsRows) return rule;
    const key = hashText(occasion.body);
    const before = this.#inARow.get(key) ?? 0;
    if (!rule || before >= (rule.mostInARow ?? Number.POSITIVE_INFINITY)) {
      this.#inARow.delete(key);
      return null;
    }
    this.#inARow.set(key, before + 1);
    return rule;
  }

  #drawRule(occasion: FaultOccasion): FaultRule | null {
    let drawn = seededRandom(hashText(`${this.#seed} ${occasion.number}`))();
    for (const rule of this.#rules) {
      if (!isInWindow(rule.window, occasion)) continue;
      if (!occasion.stream && this.#onlyStreams.has(rule)) continue;
      if (occasion.concerns?.(rule) === false) continue;
      if (drawn < rule.share) return rule;
      drawn -= rule.share;
    }
    return null;
  }
}

function isInWindow(window: FaultWindow | null, { number, elapsedMs }: FaultOccasion): boolean {
  switch (window?.kind) {
    case undefined:
      return true;
    case 'numbers':
      return number >= window.first && number <= window.last;
    case 'every':
      return number % window.every === 0;
    case 'time':
      return elapsedMs >= window.fromMs && elapsedMs < window.untilMs;
  }
}
