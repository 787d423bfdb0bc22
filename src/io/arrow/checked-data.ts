import { type Data, Type } from 'apache-arrow';
import { damaged } from './arrow-problem.ts';

/** Checks that all values that a batch claims are there: the library would read others, or none. @throws ArrowProblem */
export function checkData(data: Data): void {
  const { length, nullBitmap, children, typeId, type } = data;
  const bytes = Math.ceil(length / 8);
  if (nullBitmap && nullBitmap.length > 0 && nullBitmap.length < bytes)
    throw damaged('nulls are missing');
  if (OFFSET_TYPES.has(typeId)) checkOffsets(data);
  else if (FLAT_TYPES.has(typeId)) {
    const values = (data.values as { length: number } | undefined)?.length ?? 0;
    const needed = typeId === Type.Bool ? bytes : length * widthOf(data);
    if (values < needed) throw damaged('values are missing');
  }
  const childLength =
    typeId === Type.Struct
      ? length
      : typeId === Type.FixedSizeList
        ? length * (type as unknown as { listSize: number }).listSize
        : 0;
  for (const child of children ?? []) {
    if (child.length < childLength) throw damaged('values are missing');
    checkData(child);
  }
}

const OFFSET_TYPES = new Set<number>([
  Type.Utf8,
  Type.LargeUtf8,
  Type.Binary,
  Type.LargeBinary,
  Type.List,
  Type.LargeList,
  Type.Map,
]);

const FLAT_TYPES = new Set<number>([
  Type.Int,
  Type.Float,
  Type.Bool,
  Type.Decimal,
  Type.Date,
  Type.Time,
  Type.Timestamp,
  Type.Duration,
  Type.FixedSizeBinary,
  Type.Dictionary,
]);

/** How many of its numbers a value has. */
function widthOf({ type, typeId }: Data): number {
  if (typeId === Type.Decimal) return (type as unknown as { bitWidth: number }).bitWidth / 32;
  if (typeId === Type.FixedSizeBinary) return (type as unknown as { byteWidth: number }).byteWidth;
  return 1;
}

function checkOffsets({ length, valueOffsets, values, children }: Data): void {
  // Nothing has no offsets in some writers.
  if (length === 0) return;
  const offsets = (valueOffsets ?? []) as ArrayLike<number | bigint>;
  if (offsets.length < length + 1) throw damaged('places of values are missing');
  const [child] = children ?? [];
  const end = child?.length ?? (values as { length: number } | undefined)?.length ?? 0;
  let last = offsets[0]!;
  if (last < 0) throw damaged('a value lies outside of it');
  for (let at = 1; at <= length; at++) {
    const next = offsets[at]!;
    if (next < last) throw damaged('a value has less than nothing');
    last = next;
  }
  if (last > end) throw damaged('a value lies outside of it');
}
