import { MOST_LISTS, STORED, type StoredType, type UnitDigits } from '../stored-type.ts';
import type { SchemaElement } from './schema-element.ts';
import type { SchemaNode } from './schema-tree.ts';

/** What the values of a column are; null for what no column that is written can be. */
export function storedTypeOf(node: SchemaNode, lists = 0): StoredType | null {
  if (node.kind === 'list' && lists < MOST_LISTS) {
    const item = storedTypeOf(node.item, lists + 1);
    return item && { kind: 'list', item, size: null };
  }
  return node.kind === 'leaf' ? ofElement(node.first.element) : null;
}

const PLAIN: Partial<Record<string, StoredType>> = {
  BOOLEAN: { kind: 'boolean' },
  INT32: { kind: 'integer', bits: 32, isSigned: true },
  INT64: STORED.integer,
  // Programs read them as such, and none says more of them.
  INT96: { kind: 'timestamp', digits: 9, zone: null },
  FLOAT: { kind: 'float' },
  DOUBLE: { kind: 'double' },
};

function ofElement(element: SchemaElement): StoredType | null {
  const { physical, meaning, precision, scale, isUtc } = element;
  const digits = element.fractionDigits as UnitDigits;
  switch (meaning) {
    case null:
      return PLAIN[physical!] ?? null;
    case 'STRING':
    case 'ENUM':
      return STORED.text;
    case 'JSON':
      return STORED.json;
    case 'INTEGER':
    case 'UNSIGNED':
      return ofInteger(element, meaning === 'INTEGER');
    case 'DATE':
      return { kind: 'date', isLong: false };
    case 'TIME':
      return { kind: 'time', digits, isUtc: isUtc ?? true };
    case 'TIMESTAMP':
      return {
        kind: 'timestamp',
        digits,
        zone: isUtc ? 'UTC' : isUtc === false ? null : undefined,
      };
    case 'DECIMAL':
      return { kind: 'decimal', precision, scale, bits: precision > 38 ? 256 : 128 };
    default:
      return null;
  }
}

function ofInteger({ bits }: SchemaElement, isSigned: boolean): StoredType | null {
  const isKnown = bits === 8 || bits === 16 || bits === 32 || bits === 64;
  return isKnown ? { kind: 'integer', bits, isSigned } : null;
}
