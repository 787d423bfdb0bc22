import type { Random } from '../../core/clock.ts';
import { KeyTable } from '../../core/key-table.ts';
import { textHash } from '../../core/text-hash.ts';
import { PagedNumbers } from '../../store/in-memory.ts';
import type { Example } from './example.ts';

/** Why an example is left out or told of, besides what its row is. */
export type Repeat = 'repeat' | 'another completion of a prompt';

/** Tells that a row is no example. */
const LEFT_OUT = 0;

/**
 * Remembers of every row which prompt it has, in some 60 bytes: finds examples that come again, and divides prompts, so
 * that all rows of one are on the same side.
 */
export class ExampleLedger {
  /** The number of a prompt, from 1. */
  readonly #prompts = new KeyTable();
  /** The number of an example, from 1, by what may be there once. */
  readonly #examples = new KeyTable();
  /** Second hashes of what that is, and of its completion. */
  readonly #checks = new PagedNumbers(Float64Array);
  readonly #completions = new PagedNumbers(Float64Array);
  readonly #promptOfRow = new PagedNumbers(Uint32Array);
  readonly #isValidation = new PagedNumbers(Uint8Array);
  #promptCount = 0;
  #exampleCount = 0;

  /** Tells whether an example has come before, or another completion of its prompt; null, and remembered, where not. */
  repeatOf({ system, prompt, completion, rejected }: Example): Repeat | null {
    const before = `${system === null ? '' : system.length}\n${system ?? ''}${prompt}`;
    // Of a prompt there may be many pairs, but one completion.
    const text =
      rejected === null
        ? before
        : `${prompt.length},${completion.length}\n${before}${completion}${rejected}`;
    const key = textHash(text);
    const check = wideHash(text);
    const answer = wideHash(completion);
    const known = this.#examples.get(key);
    if (known > 0 && this.#checks.get(known) === check) {
      const isSame = rejected !== null || this.#completions.get(known) === answer;
      return isSame ? 'repeat' : 'another completion of a prompt';
    }
    const number = ++this.#exampleCount;
    this.#examples.set(key, number);
    this.#checks.set(number, check);
    this.#completions.set(number, answer);
    return null;
  }

  /** Notes that a row, counted from 0, is an example; a row that is never noted is left out. */
  keep(row: number, { prompt }: Example): void {
    const key = textHash(prompt);
    let number = this.#prompts.get(key);
    if (number === 0) {
      number = ++this.#promptCount;
      this.#prompts.set(key, number);
    }
    this.#promptOfRow.set(row, number);
  }

  /** Chooses the prompts of the validation file: that part of them, at least one, and not all. */
  divide(part: number, random: Random): void {
    const prompts = this.#promptCount;
    const wanted = Math.min(Math.max(1, Math.round(prompts * part)), prompts - 1);
    let left = wanted;
    for (let number = 1; number <= prompts && left > 0; number++) {
      if (random() * (prompts - number + 1) >= left) continue;
      this.#isValidation.set(number, 1);
      left--;
    }
  }

  /** In which file a row goes; null: it is left out. */
  sideOf(row: number): 'training' | 'validation' | null {
    const prompt = this.#promptOfRow.get(row);
    if (prompt === LEFT_OUT) return null;
    return this.#isValidation.get(prompt) === 1 ? 'validation' : 'training';
  }
}

/** 53 bits that are independent of `textHash`. */
function wideHash(text: string): number {
  const { first, second } = textHash(text, 1);
  return first * 2 ** 21 + (second >>> 11);
}
