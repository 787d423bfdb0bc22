import { isUtf8 } from 'node:buffer';
import { parseExactJson } from '../../core/exact-json.ts';
import { dateText, timestampText, timeText } from '../calendar-text.ts';
import { decimalText, doubleText, floatText, halfText, signedInteger } from '../number-text.ts';
import type { PhysicalValue } from './physical-value.ts';
import type { PhysicalType, SchemaElement } from './schema-element.ts';

/** How the values of a leaf are written. */
export interface LeafText {
  /** True when they are texts; false when they are written as JSON. */
  readonly isText: boolean;
  /**
   * Writes a value; null is none (a NaN).
   *
   * @param tell is told what is wrong with it, as the end of a sentence
   */
  readonly write: (value: PhysicalValue, tell: (problem: string) => void) => string | null;
}

const LONGEST_DECIMAL_BYTES = 64;
const MOST_SCALE = 1_000;
const JULIAN_DAY_OF_1970 = 2_440_588;
const DAY_NANOSECONDS = 86_400_000_000_000n;

/** Says how the values of an element are written, or why they cannot be, as the end of a sentence. */
export function leafText(element: SchemaElement): LeafText | string {
  const { physical, meaning, length } = element;
  if (physical === 'FIXED_LEN_BYTE_ARRAY' && !(length > 0)) return 'has values without a length';
  const write = meaning === null ? PLAIN[physical!] : MEANINGS[meaning]?.(element);
  if (write !== undefined) return write;
  const isBinary = physical === 'BYTE_ARRAY' || physical === 'FIXED_LEN_BYTE_ARRAY';
  if (meaning === null && isBinary) return 'is binary';
  return `is of type ${meaning ?? physical} (${physical})`;
}

const TEXT: LeafText = {
  isText: true,
  write: (value, tell) => {
    const bytes = value as Buffer;
    if (!isUtf8(bytes)) tell('is not valid UTF-8');
    return bytes.toString('utf8');
  },
};

const JSON_TEXT: LeafText = {
  isText: false,
  write: (value, tell) => {
    try {
      const parsed = parseExactJson((value as Buffer).toString('utf8'));
      return parsed === null ? null : JSON.stringify(parsed);
    } catch {
      tell('is not JSON');
      return null;
    }
  },
};

const UUID: LeafText = {
  isText: true,
  write: (value) =>
    (value as Buffer).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
};

const INT96: LeafText = text((value) => {
  const bytes = value as Buffer;
  const days = BigInt(bytes.readInt32LE(8) - JULIAN_DAY_OF_1970);
  return timestampText(days * DAY_NANOSECONDS + bytes.readBigUInt64LE(0), 9);
});

const INTEGER = json(String);

/** Where nothing says what values mean. */
const PLAIN: Partial<Record<PhysicalType, LeafText>> = {
  BOOLEAN: json(String),
  INT32: INTEGER,
  INT64: INTEGER,
  INT96,
  FLOAT: json((value) => floatText(value as number)),
  DOUBLE: json((value) => doubleText(value as number)),
};

/** By what values mean; undefined for those that cannot lie so. */
const MEANINGS: Readonly<Record<string, (element: SchemaElement) => LeafText | undefined>> = {
  STRING: ofBytes(TEXT),
  ENUM: ofBytes(TEXT),
  JSON: ofBytes(JSON_TEXT),
  UUID: (element) => ofLength(element, 16, UUID),
  FLOAT16: (element) =>
    ofLength(
      element,
      2,
      json((bytes) => halfText(bytes as Buffer)),
    ),
  NULL: () => json(() => null),
  INTEGER: ({ physical }) => ofWhole(physical, INTEGER),
  UNSIGNED: ({ physical }) =>
    ofWhole(
      physical,
      json((value) =>
        typeof value === 'bigint' ? String(BigInt.asUintN(64, value)) : String(Number(value) >>> 0),
      ),
    ),
  DATE: ({ physical }) =>
    physical === 'INT32' ? text((days) => dateText(Number(days))) : undefined,
  TIME: ({ physical, fractionDigits }) =>
    ofWhole(
      physical,
      text((value) => timeText(BigInt(value as bigint), fractionDigits)),
    ),
  TIMESTAMP: ({ physical, fractionDigits }) =>
    physical === 'INT64' && fractionDigits > 0
      ? text((value) => timestampText(value as bigint, fractionDigits))
      : undefined,
  DECIMAL: decimal,
};

function decimal({ physical, scale, length }: SchemaElement): LeafText | undefined {
  if (scale < 0 || scale > MOST_SCALE || length > LONGEST_DECIMAL_BYTES) return undefined;
  if (physical === 'INT32' || physical === 'INT64') {
    return text((value) => decimalText(BigInt(value as bigint), scale));
  }
  if (physical !== 'BYTE_ARRAY' && physical !== 'FIXED_LEN_BYTE_ARRAY') return undefined;
  return {
    isText: true,
    write: (value, tell) => {
      const bytes = value as Buffer;
      if (bytes.length <= LONGEST_DECIMAL_BYTES) return decimalText(signedInteger(bytes), scale);
      tell(`is a decimal of more than ${LONGEST_DECIMAL_BYTES} bytes`);
      return null;
    },
  };
}

function ofBytes(written: LeafText) {
  return ({ physical }: SchemaElement) =>
    physical === 'BYTE_ARRAY' || physical === 'FIXED_LEN_BYTE_ARRAY' ? written : undefined;
}

function ofLength({ physical, length: bytes }: SchemaElement, length: number, written: LeafText) {
  return physical === 'FIXED_LEN_BYTE_ARRAY' && bytes === length ? written : undefined;
}

function ofWhole(physical: PhysicalType | null, written: LeafText): LeafText | undefined {
  return physical === 'INT32' || physical === 'INT64' ? written : undefined;
}

function text(write: (value: PhysicalValue) => string | null): LeafText {
  return { isText: true, write };
}

function json(write: (value: PhysicalValue) => string | null): LeafText {
  return { isText: false, write };
}
