import { isUtf8 } from 'node:buffer';
import { type Data, type DataType, type Field, Type, Vector } from 'apache-arrow';
import { parseExactJson } from '../../core/exact-json.ts';
import { dateText, timestampText, timeText } from '../calendar-text.ts';
import { decimalText, doubleText, floatText, halfText } from '../number-text.ts';
import type { RowRoom } from './row-room.ts';

/** Writes a value that is there; null is none (a NaN). */
export type WriteValue = (data: Data, at: number, row: RowRoom) => string | null;

/** How the values of a field that has none within it are written. */
export interface ValueText {
  /** True when they are texts; false when they are written as JSON. */
  readonly isText: boolean;
  readonly write: WriteValue;
}

const EXTENSION = 'ARROW:extension:name';
const MOST_SCALE = 1_000;
const DAY_MILLISECONDS = 86_400_000;
/** Digits behind the second of each of Arrow's units of time, by its number. */
export const UNIT_DIGITS = [0, 3, 6, 9] as const;

/** Says how the values of a field are written, or why they cannot be, as the end of a sentence. */
export function valueText(field: Field): ValueText | string {
  const { type, metadata } = field;
  const extension = metadata.get(EXTENSION);
  if (extension === 'arrow.json' && TEXTS[type.typeId] !== undefined)
    return jsonOf(TEXTS[type.typeId]!);
  if (extension === 'arrow.uuid' && isFixed(type, 16)) return UUID;
  return (TEXTS[type.typeId] ?? WRITERS[type.typeId]?.(type)) || unreadable(type);
}

function unreadable(type: DataType): string {
  const binary = [Type.Binary, Type.LargeBinary, Type.BinaryView, Type.FixedSizeBinary];
  return binary.includes(type.typeId) ? 'is binary' : `is of type ${String(type)}`;
}

function isFixed(type: DataType, bytes: number): boolean {
  return (
    type.typeId === Type.FixedSizeBinary && (type as { byteWidth?: number }).byteWidth === bytes
  );
}

/** The values of a data as numbers that are there. @throws RangeError for a place behind them */
function numberAt({ values }: Data, at: number): number | bigint {
  const value = (values as ArrayLike<number | bigint>)[at];
  if (value === undefined) throw new RangeError('a value is not there');
  return value;
}

const utf8: WriteValue = ({ values, valueOffsets }, at, row) => {
  const bytes = (values as Uint8Array).subarray(
    Number(valueOffsets[at]),
    Number(valueOffsets[at + 1]),
  );
  row.spend(bytes.length);
  if (!isUtf8(bytes)) row.tell('is not valid UTF-8');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
};

const utf8View: WriteValue = (data, at, row) => {
  const value = new Vector([data]).get(at) as string;
  row.spend(value.length);
  return value;
};

const TEXTS: Partial<Record<number, ValueText>> = {
  [Type.Utf8]: { isText: true, write: utf8 },
  [Type.LargeUtf8]: { isText: true, write: utf8 },
  [Type.Utf8View]: { isText: true, write: utf8View },
};

function jsonOf({ write }: ValueText): ValueText {
  return {
    isText: false,
    write: (data, at, row) => {
      try {
        const value = parseExactJson(write(data, at, row) ?? 'null');
        return value === null ? null : JSON.stringify(value);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        row.tell('is not JSON');
        return null;
      }
    },
  };
}

const UUID: ValueText = {
  isText: true,
  write: ({ values }, at) => {
    const bytes = Buffer.from((values as Uint8Array).subarray(at * 16, at * 16 + 16));
    if (bytes.length < 16) throw new RangeError('a value is not there');
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  },
};

const json = (write: WriteValue): ValueText => ({ isText: false, write });
const text = (write: WriteValue): ValueText => ({ isText: true, write });

const WRITERS: Partial<Record<number, (type: DataType) => ValueText | undefined>> = {
  [Type.Null]: () => json(() => null),
  [Type.Int]: () => json((data, at) => String(numberAt(data, at))),
  [Type.Duration]: () => json((data, at) => String(numberAt(data, at))),
  [Type.Bool]: () =>
    json(({ values, offset }, at) => {
      const bit = offset + at;
      const byte = (values as Uint8Array)[bit >> 3];
      if (byte === undefined) throw new RangeError('a value is not there');
      return String((byte & (1 << (bit & 7))) !== 0);
    }),
  [Type.Float]: (type) => {
    const { precision } = type as unknown as { precision: number };
    if (precision === 0) return json((data, at) => halfText(halfBytes(Number(numberAt(data, at)))));
    const write = precision === 1 ? floatText : doubleText;
    return json((data, at) => write(Number(numberAt(data, at))));
  },
  [Type.Date]: (type) => {
    const isDays = (type as unknown as { unit: number }).unit === 0;
    return text((data, at) => {
      const value = Number(numberAt(data, at));
      return dateText(isDays ? value : Math.floor(value / DAY_MILLISECONDS));
    });
  },
  [Type.Time]: (type) => {
    const digits = UNIT_DIGITS[(type as unknown as { unit: number }).unit];
    if (digits === undefined) return undefined;
    return text((data, at) => timeText(BigInt(numberAt(data, at)), digits));
  },
  [Type.Timestamp]: (type) => {
    const digits = UNIT_DIGITS[(type as unknown as { unit: number }).unit];
    if (digits === undefined) return undefined;
    return text((data, at) => timestampText(BigInt(numberAt(data, at)), digits));
  },
  [Type.Decimal]: (type) => {
    const { scale, bitWidth } = type as unknown as { scale: number; bitWidth: number };
    const isKnown = [32, 64, 128, 256].includes(bitWidth) && scale >= 0 && scale <= MOST_SCALE;
    return isKnown
      ? text((data, at) => decimalText(wide(data, at, bitWidth / 32), scale))
      : undefined;
  },
};

function halfBytes(bits: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(bits);
  return bytes;
}

/** A whole number of several words of 32 bits, the lowest first, in two's complement. */
function wide(data: Data, at: number, words: number): bigint {
  let value = 0n;
  for (let word = words - 1; word >= 0; word--) {
    value = (value << 32n) | BigInt(Number(numberAt(data, at * words + word)) >>> 0);
  }
  return BigInt.asIntN(words * 32, value);
}
