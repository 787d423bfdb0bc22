import type { StoredType } from '../stored-type.ts';
import type { WrittenCell } from '../written-column.ts';
import { decimalBytes } from './written-element.ts';

/** A value as the library takes it; null is none. */
export type WrittenValue = WrittenCell | Uint8Array | readonly WrittenValue[];

/** Makes the value of a cell that is there. */
type WriteValue = (cell: NonNullable<WrittenCell>) => WrittenValue;

/** Makes cells of a type the values that are written; null where they are that already. */
export function valueWriter(type: StoredType): ((cell: WrittenCell) => WrittenValue) | null {
  const write = writerOf(type);
  return write && ((cell) => (cell === null ? null : write(cell)));
}

function writerOf(type: StoredType): WriteValue | null {
  switch (type.kind) {
    case 'json':
      return (cell) => Buffer.from(cell as string);
    case 'time':
      return type.digits > 3 ? null : Number;
    case 'integer':
      if (type.isSigned || type.bits < 32) return null;
      return type.bits === 32
        ? (cell) => (cell as number) | 0
        : (cell) => BigInt.asIntN(64, cell as bigint);
    case 'decimal': {
      const bytes = decimalBytes(type);
      return (cell) => bigEndian(cell as bigint, bytes);
    }
    case 'list': {
      const item = valueWriter(type.item);
      return item && ((cell) => (cell as readonly WrittenCell[]).map(item));
    }
    default:
      return null;
  }
}

/** Whether values are in the order of what they mean as they lie there: readers pass over rows by the least and the greatest. */
export function isOrdered(type: StoredType): boolean {
  if (type.kind === 'list') return isOrdered(type.item);
  return type.kind !== 'decimal' && (type.kind !== 'integer' || type.isSigned || type.bits < 32);
}

/** In two's complement, the highest first. */
function bigEndian(whole: bigint, bytes: number): Buffer {
  const digits = BigInt.asUintN(bytes * 8, whole).toString(16);
  return Buffer.from(digits.padStart(bytes * 2, '0'), 'hex');
}
