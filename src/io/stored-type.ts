/** What the values of a column are that has its type from them. */
export type ColumnType = 'text' | 'json' | 'boolean' | 'integer' | 'double';

/** Digits behind the second that a unit of time has. */
export type UnitDigits = 0 | 3 | 6 | 9;

/** What the values of a column of a Parquet or Arrow file are, as such files say it. */
export type StoredType =
  | { readonly kind: 'text' | 'json' | 'boolean' | 'float' | 'double' }
  | {
      readonly kind: 'integer';
      readonly bits: 8 | 16 | 32 | 64;
      readonly isSigned: boolean;
    }
  | {
      readonly kind: 'date';
      /** True for one that Arrow counts in milliseconds. */
      readonly isLong: boolean;
    }
  | {
      readonly kind: 'time';
      readonly digits: UnitDigits;
      /** Whether it is meant in UTC, which only Parquet says. */
      readonly isUtc: boolean;
    }
  | { readonly kind: 'duration'; readonly digits: UnitDigits }
  | {
      readonly kind: 'timestamp';
      readonly digits: UnitDigits;
      /** The zone in which it is shown; null for one that is not of UTC; undefined where an older Parquet file leaves that open. */
      readonly zone: string | null | undefined;
    }
  | {
      readonly kind: 'decimal';
      readonly precision: number;
      readonly scale: number;
      /** How wide Arrow has it: 32, 64, 128 or 256. */
      readonly bits: number;
    }
  | {
      readonly kind: 'list';
      readonly item: StoredType;
      /** How many items each has; null: any number. */
      readonly size: number | null;
    };

/** A type by its kind. */
export type StoredOf<Kind extends StoredType['kind']> = Extract<StoredType, { kind: Kind }>;

/** The most digits of a decimal of so many bits. */
const DECIMAL_DIGITS: Readonly<Record<number, number>> = { 32: 9, 64: 18, 128: 38, 256: 76 };
/** What is in more lists than these has no type. */
export const MOST_LISTS = 32;
/** Items that a row of a list of a fixed size may have, since also one that is null takes room for them. */
const MOST_ITEMS = 4_096;

/** How the types are stored that columns get from their values. */
export const STORED: Readonly<Record<ColumnType, StoredType>> = {
  text: { kind: 'text' },
  json: { kind: 'json' },
  boolean: { kind: 'boolean' },
  integer: { kind: 'integer', bits: 64, isSigned: true },
  double: { kind: 'double' },
};

/** The type of a form's columns that holds the same values; null where it has none. */
export function typeIn(form: 'parquet' | 'arrow', type: StoredType): StoredType | null {
  if (type.kind === 'list') {
    const item = typeIn(form, type.item);
    const size = form === 'parquet' || (type.size ?? 0) > MOST_ITEMS ? null : type.size;
    return item && { ...type, item, size };
  }
  if (type.kind === 'decimal') return isDecimal(form, type) ? type : null;
  if (form === 'arrow') return type;
  // Parquet has no seconds, and no durations.
  if (type.kind === 'duration') return STORED.integer;
  const hasSeconds = (type.kind === 'time' || type.kind === 'timestamp') && type.digits === 0;
  return hasSeconds ? { ...type, digits: 3 } : type;
}

function isDecimal(
  form: 'parquet' | 'arrow',
  { precision, scale, bits }: StoredOf<'decimal'>,
): boolean {
  const most = form === 'arrow' ? DECIMAL_DIGITS[bits] : DECIMAL_DIGITS[256];
  return precision > 0 && precision <= (most ?? 0) && scale >= 0 && scale <= precision;
}
