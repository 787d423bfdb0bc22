import {
  Bool,
  type Data,
  type DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  Duration,
  Field,
  FixedSizeList,
  Float32,
  Float64,
  Int,
  List,
  makeData,
  Time,
  Timestamp,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import type { StoredOf, StoredType, UnitDigits } from '../stored-type.ts';
import type { WrittenCell } from '../written-column.ts';

const DAY_MILLISECONDS = 86_400_000n;

type Cells = readonly WrittenCell[];

/** How a column says that its texts are JSON. */
const JSON_METADATA = [
  ['ARROW:extension:name', 'arrow.json'],
  ['ARROW:extension:metadata', ''],
] as const;

/** The field of a column. */
export function fieldOf(name: string, type: StoredType): Field {
  return new Field(
    name,
    dataTypeOf(type),
    true,
    new Map(type.kind === 'json' ? JSON_METADATA : []),
  );
}

/** The values of a column. */
export function dataOf(type: StoredType, cells: Cells): Data {
  const dataType = dataTypeOf(type);
  if (type.kind === 'text' || type.kind === 'json') {
    return vectorFromArray(cells as (string | null)[], dataType).data[0]!;
  }
  const { length } = cells;
  const nullCount = cells.reduce((count: number, cell) => count + (cell === null ? 1 : 0), 0);
  const nullBitmap = nullCount === 0 ? null : bitmap(cells, (cell) => cell !== null);
  const shared = { type: dataType, length, nullCount, nullBitmap };
  if (type.kind === 'list') return makeData({ ...shared, ...listParts(type, cells) } as never);
  return makeData({ ...shared, data: valuesOf(type, cells) } as never);
}

function dataTypeOf(type: StoredType): DataType {
  switch (type.kind) {
    case 'boolean':
      return new Bool();
    case 'float':
      return new Float32();
    case 'double':
      return new Float64();
    case 'integer':
      return new Int(type.isSigned as never, type.bits as never);
    case 'date':
      return type.isLong ? new DateMillisecond() : new DateDay();
    case 'time':
      return new Time(unitOf(type), type.digits > 3 ? 64 : 32);
    case 'duration':
      return new Duration(unitOf(type));
    case 'timestamp':
      return new Timestamp(unitOf(type), type.zone ?? null);
    case 'decimal':
      return new Decimal(type.scale, type.precision, type.bits);
    case 'list': {
      const item = fieldOf('item', type.item);
      return type.size === null ? new List(item) : new FixedSizeList(type.size, item);
    }
    default:
      return new Utf8();
  }
}

function unitOf({ digits }: { readonly digits: UnitDigits }): number {
  return digits / 3;
}

function valuesOf(type: Exclude<StoredType, StoredOf<'list'>>, cells: Cells): ArrayBufferView {
  switch (type.kind) {
    case 'boolean':
      return bitmap(cells, (cell) => cell === true);
    case 'float':
      return Float32Array.from(cells as number[], (cell) => cell ?? 0);
    case 'double':
      return Float64Array.from(cells as number[], (cell) => cell ?? 0);
    case 'decimal':
      return wideValues(cells, type.bits / 32);
    case 'date':
      return type.isLong
        ? BigInt64Array.from(cells, (cell) => BigInt((cell ?? 0) as number) * DAY_MILLISECONDS)
        : Int32Array.from(cells as number[], (cell) => cell ?? 0);
    default: {
      const { ArrayType } = dataTypeOf(type);
      const values = new ArrayType(cells.length);
      const isLarge = values instanceof BigInt64Array || values instanceof BigUint64Array;
      for (const [at, cell] of cells.entries()) {
        if (cell !== null) values[at] = isLarge ? cell : Number(cell);
      }
      return values;
    }
  }
}

/** Whole numbers of several words of 32 bits, the lowest first, in two's complement. */
function wideValues(cells: Cells, words: number): Uint32Array {
  const values = new Uint32Array(cells.length * words);
  for (const [at, cell] of cells.entries()) {
    let rest = (cell ?? 0n) as bigint;
    for (let word = 0; word < words; word++) {
      values[at * words + word] = Number(BigInt.asUintN(32, rest));
      rest >>= 32n;
    }
  }
  return values;
}

function listParts({ item, size }: StoredOf<'list'>, cells: Cells): object {
  const items: WrittenCell[] = [];
  const valueOffsets = new Int32Array(cells.length + 1);
  for (const [at, cell] of cells.entries()) {
    // Of a fixed size, also a list that is not there takes its room.
    const own = (cell ?? new Array(size ?? 0).fill(null)) as Cells;
    for (const one of own) items.push(one);
    valueOffsets[at + 1] = items.length;
  }
  return { child: dataOf(item, items), ...(size === null && { valueOffsets }) };
}

function bitmap(cells: Cells, isSet: (cell: WrittenCell) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(cells.length / 64) * 8);
  for (const [at, cell] of cells.entries()) if (isSet(cell)) bits[at >> 3]! |= 1 << (at & 7);
  return bits;
}
