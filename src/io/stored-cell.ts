import { isSameDecimal } from '../core/decimal.ts';
import { numberOf } from '../core/exact-json.ts';
import type { JsonValue } from '../core/json.ts';
import { dateOf, timeOf, timestampOf } from './calendar-values.ts';
import { decimalText, doubleText, floatText } from './number-text.ts';
import type { StoredOf, StoredType } from './stored-type.ts';
import type { WrittenCell } from './written-column.ts';

/**
 * Reads a value back as a cell of a column: undefined where it is not exactly what the column's reader writes for that
 * cell. Days are numbers, times and decimals bigints in their smallest unit, integers bigints from 64 bits on.
 */
export type ReadCell = (value: JsonValue) => WrittenCell | undefined;

const WHOLE_NUMBER = /^(?:0|-?[1-9]\d{0,19})$/;
const DECIMAL = /^-?\d{1,80}(?:\.\d{1,80})?$/;

/** How values are read back as cells of a type. */
export function cellReader(type: StoredType): ReadCell {
  switch (type.kind) {
    case 'text':
      return (value) => (typeof value === 'string' ? value : undefined);
    case 'json':
      return (value) => JSON.stringify(value);
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? value : undefined);
    case 'double':
      return (value) =>
        typeof value === 'number' ? value : exactNumber(value, numberOf(value), doubleText);
    case 'float':
      return singleOf;
    case 'integer':
      return integerReader(type);
    case 'duration':
      return integerReader({ bits: 64, isSigned: true });
    case 'date':
      return ofText((text) => within(32, dateOf(text)));
    case 'time':
      return ofText((text) => within(type.digits > 3 ? 64 : 32, timeOf(text, type.digits)));
    case 'timestamp':
      return ofText((text) => within(64, timestampOf(text, type.digits)));
    case 'decimal':
      return decimalReader(type);
    case 'list':
      return listReader(type);
  }
}

function ofText(read: (text: string) => WrittenCell | undefined): ReadCell {
  return (value) => (typeof value === 'string' ? read(value) : undefined);
}

function within<Whole extends number | bigint>(
  bits: number,
  whole: Whole | undefined,
): Whole | undefined {
  if (whole === undefined) return undefined;
  const large = BigInt(whole);
  return BigInt.asIntN(bits, large) === large ? whole : undefined;
}

function singleOf(value: JsonValue): number | undefined {
  const number = numberOf(value);
  const cell = number === null ? null : Math.fround(number);
  // A number that JavaScript writes as it stood there has the text of the cell where it is the same number.
  if (typeof value === 'number') return Number(floatText(cell!)) === value ? cell! : undefined;
  return exactNumber(value, cell, floatText);
}

function exactNumber(
  value: JsonValue,
  cell: number | null,
  textOf: (number: number) => string | null,
): number | undefined {
  if (cell === null) return undefined;
  return isSameDecimal(JSON.stringify(value), textOf(cell) ?? '') ? cell : undefined;
}

function integerReader({
  bits,
  isSigned,
}: Pick<StoredOf<'integer'>, 'bits' | 'isSigned'>): ReadCell {
  return (value) => {
    if (numberOf(value) === null) return undefined;
    const text = JSON.stringify(value);
    if (!WHOLE_NUMBER.test(text)) return undefined;
    const whole = BigInt(text);
    const held = isSigned ? BigInt.asIntN(bits, whole) : BigInt.asUintN(bits, whole);
    if (held !== whole) return undefined;
    return bits === 64 ? whole : Number(whole);
  };
}

function decimalReader({ precision, scale }: StoredOf<'decimal'>): ReadCell {
  const most = 10n ** BigInt(precision);
  return ofText((text) => {
    if (!DECIMAL.test(text)) return undefined;
    const unscaled = BigInt(text.replace('.', ''));
    const isHeld = unscaled < most && unscaled > -most;
    return isHeld && decimalText(unscaled, scale) === text ? unscaled : undefined;
  });
}

function listReader({ item, size }: StoredOf<'list'>): ReadCell {
  const read = cellReader(item);
  return (value) => {
    if (!Array.isArray(value) || (size !== null && value.length !== size)) return undefined;
    const cells: WrittenCell[] = [];
    for (const one of value as readonly JsonValue[]) {
      const cell = one === null ? null : read(one);
      if (cell === undefined) return undefined;
      cells.push(cell);
    }
    return cells;
  };
}
