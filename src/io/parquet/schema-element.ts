import type { ThriftReader } from './thrift-reader.ts';

/** How values lie in a file. */
export type PhysicalType =
  | 'BOOLEAN'
  | 'INT32'
  | 'INT64'
  | 'INT96'
  | 'FLOAT'
  | 'DOUBLE'
  | 'BYTE_ARRAY'
  | 'FIXED_LEN_BYTE_ARRAY';

/** What values mean. */
export type Meaning =
  | 'STRING'
  | 'ENUM'
  | 'JSON'
  | 'BSON'
  | 'UUID'
  | 'DATE'
  | 'DECIMAL'
  | 'FLOAT16'
  | 'INTEGER'
  | 'UNSIGNED'
  | 'TIME'
  | 'TIMESTAMP'
  | 'INTERVAL'
  | 'NULL'
  | 'LIST'
  | 'MAP'
  | 'VARIANT'
  | 'GEOMETRY'
  | 'GEOGRAPHY'
  | 'an unknown type';

/** One element of a file's schema, which lists a tree in the order in which it is walked. */
export interface SchemaElement {
  readonly name: string;
  /** Null for a group. */
  readonly physical: PhysicalType | null;
  readonly meaning: Meaning | null;
  /** How often it occurs in its parent. */
  readonly repetition: 'required' | 'optional' | 'repeated';
  readonly children: number;
  /** Bytes of a value of fixed length. */
  readonly length: number;
  /** Digits behind the point of a decimal. */
  readonly scale: number;
  /** Digits of a decimal; 0 where nothing says how many. */
  readonly precision: number;
  /** Bits of a whole number; 0 where nothing says how many. */
  readonly bits: number;
  /** Digits behind the second of a time: 3, 6 or 9. */
  readonly fractionDigits: number;
  /** Whether a time is meant in UTC; undefined where only the older way says that it is one. */
  readonly isUtc: boolean | undefined;
}

const PHYSICAL_TYPES: readonly PhysicalType[] = [
  'BOOLEAN',
  'INT32',
  'INT64',
  'INT96',
  'FLOAT',
  'DOUBLE',
  'BYTE_ARRAY',
  'FIXED_LEN_BYTE_ARRAY',
];

const REPETITIONS = ['required', 'optional', 'repeated'] as const;

/** By number, the older way of saying what values mean. */
const CONVERTED_TYPES: readonly (readonly [Meaning, digitsOrBits?: number])[] = [
  ['STRING'],
  ['MAP'],
  ['MAP'],
  ['LIST'],
  ['ENUM'],
  ['DECIMAL'],
  ['DATE'],
  ['TIME', 3],
  ['TIME', 6],
  ['TIMESTAMP', 3],
  ['TIMESTAMP', 6],
  ['UNSIGNED', 8],
  ['UNSIGNED', 16],
  ['UNSIGNED', 32],
  ['UNSIGNED', 64],
  ['INTEGER', 8],
  ['INTEGER', 16],
  ['INTEGER', 32],
  ['INTEGER', 64],
  ['JSON'],
  ['BSON'],
  ['INTERVAL'],
];

/** Programs of before 2018 wrote columns without values so. */
const OLD_NULL = 24;

/** By the number of its field, the newer way. */
const LOGICAL_TYPES: Readonly<Record<number, Meaning>> = {
  1: 'STRING',
  2: 'MAP',
  3: 'LIST',
  4: 'ENUM',
  5: 'DECIMAL',
  6: 'DATE',
  7: 'TIME',
  8: 'TIMESTAMP',
  10: 'INTEGER',
  11: 'NULL',
  12: 'JSON',
  13: 'BSON',
  14: 'UUID',
  15: 'FLOAT16',
  16: 'VARIANT',
  17: 'GEOMETRY',
  18: 'GEOGRAPHY',
};

const DECIMAL = 5;
const TIME = 7;
const TIMESTAMP = 8;
const INTEGER = 10;
/** The units of a time are milliseconds, microseconds and nanoseconds, from 1 on. */
const MOST_UNIT = 3;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Reads an element of the schema. */
export function readSchemaElement(reader: ThriftReader): SchemaElement {
  const element: Mutable<SchemaElement> = {
    name: '',
    physical: null,
    meaning: null,
    repetition: 'required',
    children: 0,
    length: 0,
    scale: 0,
    precision: 0,
    bits: 0,
    fractionDigits: 0,
    isUtc: undefined,
  };
  let converted: (typeof CONVERTED_TYPES)[number] | undefined;
  reader.struct((field, type) => {
    if (field === 1) element.physical = PHYSICAL_TYPES[reader.integer(type)] ?? null;
    else if (field === 2) element.length = reader.integer(type);
    else if (field === 3) element.repetition = REPETITIONS[reader.integer(type)] ?? 'required';
    else if (field === 4) element.name = reader.text(type);
    else if (field === 5) element.children = reader.integer(type);
    else if (field === 6) converted = convertedType(reader.integer(type));
    else if (field === 7) element.scale = reader.integer(type);
    else if (field === 8) element.precision = reader.integer(type);
    else if (field === 10) readLogicalType(reader, element, type);
    else return false;
    return true;
  });
  if (element.meaning === null && converted !== undefined) {
    const [meaning, digitsOrBits = 0] = converted;
    element.meaning = meaning;
    if (meaning === 'INTEGER' || meaning === 'UNSIGNED') element.bits = digitsOrBits;
    else element.fractionDigits = digitsOrBits;
  }
  return element;
}

function convertedType(number: number): (typeof CONVERTED_TYPES)[number] {
  if (number === OLD_NULL) return ['NULL'];
  return CONVERTED_TYPES[number] ?? ['an unknown type'];
}

function readLogicalType(
  reader: ThriftReader,
  element: Mutable<SchemaElement>,
  unionType: number,
): void {
  reader.struct((kind, kindType) => {
    element.meaning = LOGICAL_TYPES[kind] ?? 'an unknown type';
    reader.struct((field, type) => {
      if (kind === DECIMAL && field === 1) element.scale = reader.integer(type);
      else if (kind === DECIMAL && field === 2) element.precision = reader.integer(type);
      else if (kind === INTEGER && field === 1) element.bits = reader.integer(type);
      else if (kind === INTEGER && field === 2) {
        if (!reader.boolean(type)) element.meaning = 'UNSIGNED';
      } else if ((kind === TIME || kind === TIMESTAMP) && field === 1) {
        element.isUtc = reader.boolean(type);
      } else if ((kind === TIME || kind === TIMESTAMP) && field === 2) {
        reader.struct((unit) => {
          if (unit < 1 || unit > MOST_UNIT) element.meaning = 'an unknown type';
          else element.fractionDigits = 3 * unit;
          return false;
        }, type);
      } else return false;
      return true;
    }, kindType);
    return true;
  }, unionType);
}
