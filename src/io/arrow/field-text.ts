import { type Data, type Field, Type } from 'apache-arrow';
import { plainLine } from '../../core/plain-text.ts';
import { damaged } from './arrow-problem.ts';
import type { RowRoom } from './row-room.ts';
import { type ValueText, valueText, type WriteValue } from './value-text.ts';

/**
 * Says how the values of a field are written: lists as JSON, structs and maps as objects without what is null. What
 * cannot be read is added to the problems, each the end of a sentence.
 */
export function fieldText(field: Field, path: string, problems: Set<string>): ValueText {
  const { type } = field;
  const within = (child: Field, name: string) => fieldText(child, `${path}.${name}`, problems);
  const [first] = (type.children ?? []) as Field[];
  switch (type.typeId) {
    case Type.List:
    case Type.LargeList:
      return asJson(listText(within(first!, 'item'), variableRange));
    case Type.FixedSizeList: {
      const { listSize } = type as unknown as { listSize: number };
      return asJson(
        listText(within(first!, 'item'), (_, at) => [at * listSize, (at + 1) * listSize]),
      );
    }
    case Type.Struct: {
      const { children } = type as unknown as { children: readonly Field[] };
      tellTwice(children, path, problems);
      return asJson(
        structText(
          children,
          children.map((child) => within(child, child.name)),
        ),
      );
    }
    case Type.Map: {
      const [key, value] = (first?.type.children ?? []) as Field[];
      if (key === undefined || value === undefined) throw damaged('a map has no values');
      return asJson(mapText(within(key, 'key'), within(value, 'value')));
    }
    case Type.Dictionary: {
      const { dictionary } = type as unknown as { dictionary: Field['type'] };
      const values = fieldText(field.clone({ type: dictionary }), path, problems);
      return { isText: values.isText, write: dictionaryText(values) };
    }
    default: {
      const written = valueText(field);
      if (typeof written === 'object') return written;
      problems.add(`has a column ${quoted(path)} that ${written}`);
      return asJson(() => null);
    }
  }
}

/** Names that stand twice are told. */
export function tellTwice(fields: readonly Field[], path: string, problems: Set<string>): void {
  const seen = new Set<string>();
  for (const { name } of fields) {
    const full = path === '' ? name : `${path}.${name}`;
    if (seen.has(name)) problems.add(`has more than one column ${quoted(full)}`);
    seen.add(name);
  }
}

/** A name as messages show it. */
export function quoted(name: string): string {
  return JSON.stringify(plainLine(name, 100));
}

/** A value of a field; null where it has none. */
export function writtenValue(text: ValueText, data: Data, at: number, row: RowRoom): string | null {
  if (data.typeId === Type.Null || !isThere(data, at)) return null;
  const before = row.length;
  const written = text.write(data, at, row);
  // Parts of it have been counted as they were written.
  row.spend(Math.max(0, (written?.length ?? 0) + 1 - (row.length - before)));
  return written;
}

/** A part of a table has all bits of it, and says where its own begin. */
function isThere({ nullBitmap, offset }: Data, at: number): boolean {
  if (nullBitmap === undefined || nullBitmap === null || nullBitmap.length === 0) return true;
  const bit = offset + at;
  return (nullBitmap[bit >> 3]! & (1 << (bit & 7))) !== 0;
}

function asJson(write: WriteValue): ValueText {
  return { isText: false, write };
}

function jsonValue(text: ValueText, data: Data, at: number, row: RowRoom): string | null {
  const written = writtenValue(text, data, at, row);
  return written === null || !text.isText ? written : JSON.stringify(written);
}

type RangeOf = (data: Data, at: number) => readonly [start: number, end: number];

const variableRange: RangeOf = ({ valueOffsets }, at) => [
  Number(valueOffsets[at]),
  Number(valueOffsets[at + 1]),
];

function listText(item: ValueText, rangeOf: RangeOf): WriteValue {
  return (data, at, row) => {
    const [start, end] = rangeOf(data, at);
    const items: string[] = [];
    for (let index = start; index < end; index++) {
      row.spend(5);
      items.push(jsonValue(item, data.children[0]!, index, row) ?? 'null');
    }
    return `[${items.join(',')}]`;
  };
}

function structText(fields: readonly Field[], texts: readonly ValueText[]): WriteValue {
  const starts = fields.map(({ name }) => `${JSON.stringify(name)}:`);
  return (data, at, row) => {
    const members: string[] = [];
    for (const [field, text] of texts.entries()) {
      const value = jsonValue(text, data.children[field]!, at, row);
      if (value !== null) members.push(starts[field] + value);
    }
    return `{${members.join(',')}}`;
  };
}

function mapText(key: ValueText, value: ValueText): WriteValue {
  return (data, at, row) => {
    const [start, end] = variableRange(data, at);
    const [keys, values] = data.children[0]!.children;
    const members: string[] = [];
    for (let index = start; index < end; index++) {
      row.spend(5);
      const name = writtenValue(key, keys!, index, row) ?? '';
      const written = jsonValue(value, values!, index, row);
      if (written !== null) members.push(`${JSON.stringify(name)}:${written}`);
    }
    return `{${members.join(',')}}`;
  };
}

function dictionaryText(values: ValueText): WriteValue {
  return (data, at, row) => {
    let place = Number((data.values as ArrayLike<number | bigint>)[at]);
    for (const part of data.dictionary?.data ?? []) {
      if (place < part.length)
        return place < 0 ? outside() : writtenValue(values, part, place, row);
      place -= part.length;
    }
    return outside();
  };
}

function outside(): never {
  throw damaged('a value is in no dictionary before it');
}
