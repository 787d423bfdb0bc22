type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** Smaller columns are copied faster than they are shared. */
const LARGE_BYTES = 65_536;

/** Copies plain data for threads: large columns once, into memory that all of them share. */
export function shareColumns<Value>(value: Value): Value {
  return shared(value) as Value;
}

function shared(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return sharedColumn(value as Column);
  if (Array.isArray(value)) return value.map(shared);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shared(one)]));
}

function sharedColumn(column: Column): Column {
  if (column.buffer instanceof SharedArrayBuffer) return column;
  if (column.byteLength < LARGE_BYTES) return column.slice();
  const make = column.constructor as new (buffer: SharedArrayBuffer) => Column;
  const copy = new make(new SharedArrayBuffer(column.byteLength));
  copy.set(column);
  return copy;
}
