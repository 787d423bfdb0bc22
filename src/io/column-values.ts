import { isSameDecimal } from '../core/decimal.ts';
import { numberOf } from '../core/exact-json.ts';
import { isJson, type JsonValue } from '../core/json.ts';
import type { ColumnType } from './stored-type.ts';
import type { WrittenCell } from './written-column.ts';

const TEXT = 1;
const BOOLEAN = 2;
/** A whole number that a double holds, too. */
const INTEGER = 4;
const LARGE_INTEGER = 8;
const DOUBLE = 16;
/** Lists, objects, and numbers that no column of numbers holds. */
const OTHER = 32;

const WHOLE_NUMBER = /^(?:0|-?[1-9]\d{0,18})$/;

/** Gathers what the values of a column are, so that it gets a type that holds all of them. */
export class ColumnValues {
  readonly #isTyped: boolean;
  readonly #usual: ColumnType;
  #found = 0;

  /**
   * @param isTyped true where a text that is wholly JSON must be told from that JSON
   * @param usual the type of a column without values, and of one that it holds
   */
  constructor(isTyped: boolean, usual: ColumnType = 'text') {
    this.#isTyped = isTyped;
    this.#usual = usual;
  }

  /** Notes a value. */
  note(value: JsonValue | undefined): void {
    if (value === undefined || value === null) return;
    if (typeof value === 'string') {
      this.#found |= this.#isTyped && isJson(value) ? OTHER : TEXT;
    } else if (typeof value === 'boolean') this.#found |= BOOLEAN;
    else this.#found |= kindOfNumber(value);
  }

  /** True when all were null. */
  get isEmpty(): boolean {
    return this.#found === 0;
  }

  /** The simplest type that holds all values exactly; JSON holds whatever there is. */
  get type(): ColumnType {
    const found = this.#found;
    const isOnly = (kinds: number) => (found & ~kinds) === 0;
    if (found === 0) return this.#usual;
    if (found === TEXT) return 'text';
    if (found === BOOLEAN) return 'boolean';
    if (isOnly(INTEGER) && this.#usual === 'double') return 'double';
    if (isOnly(INTEGER | LARGE_INTEGER)) return 'integer';
    return isOnly(INTEGER | DOUBLE) ? 'double' : 'json';
  }
}

function kindOfNumber(value: JsonValue): number {
  if (typeof value !== 'number' && !JSON.isRawJSON(value)) return OTHER;
  const text = JSON.stringify(value);
  if (WHOLE_NUMBER.test(text)) {
    if (Number.isSafeInteger(Number(text))) return INTEGER;
    const whole = BigInt(text);
    if (BigInt.asIntN(64, whole) === whole) return LARGE_INTEGER;
  }
  return isSameDecimal(text, String(Number(text))) ? DOUBLE : OTHER;
}

const CELLS: Readonly<Record<ColumnType, (value: JsonValue) => WrittenCell>> = {
  text: (value) => value as string,
  boolean: (value) => value as boolean,
  integer: (value) => BigInt(JSON.stringify(value)),
  double: numberOf,
  json: (value) => JSON.stringify(value),
};

/** Writes a value as a cell of a column that holds it; null, or nothing, as none. */
export function cellOf(type: ColumnType, value: JsonValue | undefined): WrittenCell {
  return value === undefined || value === null ? null : CELLS[type](value);
}
