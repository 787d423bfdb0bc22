import type { ParquetWriter } from 'hyparquet-writer/src/parquet-writer.js';
import type { StoredOf, StoredType, UnitDigits } from '../stored-type.ts';

/** Elements of a schema as the library has them. */
export type Elements = ParquetWriter['schema'];
type Element = Elements[number];

const UNITS: Partial<Record<UnitDigits, 'MILLIS' | 'MICROS' | 'NANOS'>> = {
  3: 'MILLIS',
  6: 'MICROS',
  9: 'NANOS',
};

/** How values lie in the file, without what they mean: the library would make something else of what it knows. */
export function physicalElement(type: StoredType): Partial<Element> {
  switch (type.kind) {
    case 'text':
      return meantElement(type);
    case 'json':
      return { type: 'BYTE_ARRAY' };
    case 'boolean':
      return { type: 'BOOLEAN' };
    case 'float':
      return { type: 'FLOAT' };
    case 'double':
      return { type: 'DOUBLE' };
    case 'integer':
      return { type: type.bits === 64 ? 'INT64' : 'INT32' };
    case 'date':
      return { type: 'INT32' };
    case 'time':
      return { type: type.digits > 3 ? 'INT64' : 'INT32' };
    case 'decimal':
      return { type: 'FIXED_LEN_BYTE_ARRAY', type_length: decimalBytes(type) };
    default:
      return { type: 'INT64' };
  }
}

/** The same, with what they mean, in the older way, too, where that has a word for it. */
export function meantElement(type: StoredType): Partial<Element> {
  switch (type.kind) {
    case 'text':
      return { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };
    case 'json':
      return { type: 'BYTE_ARRAY', converted_type: 'JSON', logical_type: { type: 'JSON' } };
    case 'integer':
      return { ...physicalElement(type), ...integerMeaning(type) };
    case 'date':
      return { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } };
    case 'time':
      return { ...physicalElement(type), ...timeMeaning('TIME', type.digits, type.isUtc) };
    case 'timestamp': {
      const isUtc = type.zone === undefined ? undefined : type.zone !== null;
      return { ...physicalElement(type), ...timeMeaning('TIMESTAMP', type.digits, isUtc) };
    }
    case 'decimal': {
      const { precision, scale } = type;
      return {
        ...{ ...physicalElement(type), precision, scale },
        ...{ converted_type: 'DECIMAL', logical_type: { type: 'DECIMAL', precision, scale } },
      };
    }
    default:
      return physicalElement(type);
  }
}

/** Bytes that hold every decimal of so many digits. */
export function decimalBytes({ precision }: StoredOf<'decimal'>): number {
  const largest = 10n ** BigInt(precision) - 1n;
  return Math.ceil((largest.toString(2).length + 1) / 8);
}

/** Only in the older way, since the library writes the newer one with a number that is too wide for its readers. */
function integerMeaning({ bits, isSigned }: StoredOf<'integer'>): Partial<Element> {
  // As it lies there it is such a one.
  if (isSigned && bits >= 32) return {};
  return { converted_type: `${isSigned ? '' : 'U'}INT_${bits}` };
}

/** The older way knows no nanoseconds, and all that it has are of UTC: what is not must not be said so. */
function timeMeaning(
  type: 'TIME' | 'TIMESTAMP',
  digits: UnitDigits,
  isUtc: boolean | undefined,
): Partial<Element> {
  const unit = UNITS[digits]!;
  return {
    ...(unit !== 'NANOS' && isUtc !== false && { converted_type: `${type}_${unit}` as const }),
    ...(isUtc !== undefined && { logical_type: { type, isAdjustedToUTC: isUtc, unit } }),
  };
}
