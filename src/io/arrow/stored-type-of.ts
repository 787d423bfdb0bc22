import { type Field, Type } from 'apache-arrow';
import { MOST_LISTS, STORED, type StoredType } from '../stored-type.ts';
import { UNIT_DIGITS } from './value-text.ts';

/** What the values of a field are; null for what no column that is written can be. */
export function storedTypeOf(field: Field, lists = 0): StoredType | null {
  const type = field.type as Field['type'] & Partial<TypeFacts>;
  const digits = UNIT_DIGITS[type.unit ?? -1];
  switch (type.typeId as Type) {
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View:
      return field.metadata.get('ARROW:extension:name') === 'arrow.json'
        ? STORED.json
        : STORED.text;
    case Type.Bool:
      return STORED.boolean;
    case Type.Int:
      return { kind: 'integer', bits: type.bitWidth as 8, isSigned: type.isSigned! };
    case Type.Float:
      return type.precision === 0 ? null : { kind: type.precision === 1 ? 'float' : 'double' };
    case Type.Date:
      return { kind: 'date', isLong: type.unit === 1 };
    case Type.Time:
      return digits === undefined ? null : { kind: 'time', digits, isUtc: false };
    case Type.Duration:
      return digits === undefined ? null : { kind: 'duration', digits };
    case Type.Timestamp:
      return digits === undefined
        ? null
        : { kind: 'timestamp', digits, zone: type.timezone || null };
    case Type.Decimal:
      return {
        kind: 'decimal',
        precision: type.precision!,
        scale: type.scale!,
        bits: type.bitWidth!,
      };
    case Type.Dictionary:
      return storedTypeOf(field.clone({ type: type.dictionary! }), lists);
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList: {
      const item = lists < MOST_LISTS ? storedTypeOf(type.children[0] as Field, lists + 1) : null;
      return item && { kind: 'list', item, size: type.listSize ?? null };
    }
    default:
      return null;
  }
}

/** What types say besides, each some of it. */
interface TypeFacts {
  readonly unit: number;
  readonly bitWidth: number;
  readonly isSigned: boolean;
  readonly precision: number;
  readonly scale: number;
  readonly timezone: string | null;
  readonly dictionary: Field['type'];
  readonly listSize: number;
}
