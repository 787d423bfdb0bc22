import { damaged } from './parquet-problem.ts';
import type { PhysicalValue, PhysicalValues } from './physical-value.ts';
import type { PhysicalType, SchemaElement } from './schema-element.ts';

/** Bytes of a value of each type; 0 where it varies or is a bit. */
const WIDTHS: Readonly<Record<PhysicalType, number>> = {
  BOOLEAN: 0,
  INT32: 4,
  INT64: 8,
  INT96: 12,
  FLOAT: 4,
  DOUBLE: 8,
  BYTE_ARRAY: 0,
  FIXED_LEN_BYTE_ARRAY: 0,
};

/** Bytes of a value of an element, 0 where it varies or is a bit. */
export function widthOf({ physical, length }: SchemaElement): number {
  return physical === 'FIXED_LEN_BYTE_ARRAY' ? length : WIDTHS[physical!];
}

/** Reads the value at a place. @throws RangeError beyond the end */
export function valueAt(
  physical: PhysicalType,
  bytes: Buffer,
  at: number,
  width: number,
): PhysicalValue {
  switch (physical) {
    case 'INT32':
      return bytes.readInt32LE(at);
    case 'INT64':
      return bytes.readBigInt64LE(at);
    case 'FLOAT':
      return bytes.readFloatLE(at);
    case 'DOUBLE':
      return bytes.readDoubleLE(at);
    default:
      if (at + width > bytes.length) throw new RangeError('the values end too soon');
      return bytes.subarray(at, at + width);
  }
}

/** Values that lie one behind the other. */
export function plainValues(element: SchemaElement, bytes: Buffer, from: number): PhysicalValues {
  const { physical } = element;
  let at = from;
  if (physical === 'BOOLEAN') {
    let bit = 8 * from;
    return {
      next: () => {
        const byte = bytes[bit >> 3];
        if (byte === undefined) throw new RangeError('the values end too soon');
        return ((byte >> (bit++ & 7)) & 1) === 1;
      },
    };
  }
  if (physical === 'BYTE_ARRAY') {
    return {
      next: () => {
        const start = at + 4;
        at = start + bytes.readUInt32LE(at);
        if (at > bytes.length) throw new RangeError('the values end too soon');
        return bytes.subarray(start, at);
      },
    };
  }
  const width = widthOf(element);
  return {
    next: () => {
      at += width;
      return valueAt(physical!, bytes, at - width, width);
    },
  };
}

/** Values that lie with the first bytes of all in front, then the second ones, and so on. */
export function splitValues(element: SchemaElement, bytes: Buffer, from: number): PhysicalValues {
  const width = widthOf(element);
  if (width === 0) throw damaged('values that vary in length are said to be split');
  const count = Math.floor((bytes.length - from) / width);
  let next = from;
  return {
    next: () => {
      if (next === from + count) throw new RangeError('the values end too soon');
      const joined = Buffer.allocUnsafe(width);
      for (let at = 0; at < width; at++) joined[at] = bytes[next + at * count]!;
      next++;
      return valueAt(element.physical!, joined, 0, width);
    },
  };
}
