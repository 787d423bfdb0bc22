import { Drop } from 'liquidjs';
import { numberOf } from '../core/exact-json.ts';
import type { JsonValue } from '../core/json.ts';

/** A number that is kept as its source text: it is compared as a number, and written as it was. */
export class ExactNumber extends Drop {
  readonly #source: JsonValue;

  constructor(source: JsonValue) {
    super();
    this.#source = source;
  }

  override valueOf(): string {
    return JSON.stringify(this.#source);
  }

  toJSON(): JsonValue {
    return this.#source;
  }

  equals(other: unknown): boolean {
    return this.#number === Number(other);
  }

  gt(other: unknown): boolean {
    return this.#number > Number(other);
  }

  geq(other: unknown): boolean {
    return this.#number >= Number(other);
  }

  lt(other: unknown): boolean {
    return this.#number < Number(other);
  }

  leq(other: unknown): boolean {
    return this.#number <= Number(other);
  }

  get #number(): number {
    return numberOf(this.#source) ?? Number.NaN;
  }
}

/** A value as Liquid takes it. */
export function liquidValue(value: JsonValue): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (JSON.isRawJSON(value)) return new ExactNumber(value);
  if (Array.isArray(value)) return value.map(liquidValue);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, liquidValue(one)]));
}
