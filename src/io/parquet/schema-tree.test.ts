import { describe, expect, it } from 'vitest';
import type { SchemaElement } from './schema-element.ts';
import { type SchemaNode, schemaTree } from './schema-tree.ts';

const ELEMENT: SchemaElement = {
  ...{ name: 'n', physical: null, meaning: null, repetition: 'optional', children: 0 },
  ...{ length: 0, scale: 0, precision: 0, bits: 0, fractionDigits: 0, isUtc: undefined },
};

function leaf(name: string, more: Partial<SchemaElement> = {}): SchemaElement {
  return { ...ELEMENT, name, physical: 'INT32', ...more };
}

function group(name: string, children: number, more: Partial<SchemaElement> = {}): SchemaElement {
  return { ...ELEMENT, name, children, ...more };
}

/** The shape of the only column of a schema. */
function shape(...elements: SchemaElement[]): string {
  return shapeOf(schemaTree([group('root', 1), ...elements]).columns[0]!);
}

/** Names, with the levels that say that something is there. */
function shapeOf(node: SchemaNode): string {
  const start = `${node.name}@${node.definition}`;
  if (node.kind === 'leaf') return start;
  if (node.kind === 'struct') return `${start}{${node.fields.map(shapeOf).join(' ')}}`;
  if (node.kind === 'list') return `${start}[${shapeOf(node.item)}]`;
  return `${start}<${shapeOf(node.key)} ${shapeOf(node.value)}>`;
}

const REPEATED = { repetition: 'repeated' } as const;
const LIST = { meaning: 'LIST' } as const;
const MAP = { meaning: 'MAP' } as const;

describe('the tree of a schema', () => {
  it('has lists, however the program wrote them', () => {
    const items = group('list', 1, REPEATED);
    expect(shape(group('a', 1, LIST), items, leaf('element'))).toBe('a@1[element@3]');
    const required = leaf('element', { repetition: 'required' });
    expect(shape(group('a', 1, LIST), items, required)).toBe('a@1[element@2]');
    expect(shape(group('a', 1, LIST), leaf('array', REPEATED))).toBe('a@1[array@2]');
    const tuple = group('a_tuple', 1, REPEATED);
    expect(shape(group('a', 1, LIST), tuple, leaf('x'))).toBe('a@1[a_tuple@2{x@3}]');
    const two = group('list', 2, REPEATED);
    expect(shape(group('a', 1, LIST), two, leaf('x'), leaf('y'))).toBe('a@1[list@2{x@3 y@3}]');
    expect(shape(leaf('a', REPEATED))).toBe('a@0[a@1]');
    expect(shape(group('s', 1), leaf('a', REPEATED))).toBe('s@1{a@1[a@2]}');
  });

  it('has maps, and of keys alone lists of them', () => {
    const entries = group('key_value', 2, REPEATED);
    const key = leaf('key', { repetition: 'required' });
    expect(shape(group('m', 1, MAP), entries, key, leaf('value'))).toBe('m@1<key@2 value@3>');
    const keys = group('key_value', 1, REPEATED);
    expect(shape(group('m', 1, MAP), keys, key)).toBe('m@1[key@2]');
  });

  it('names every column that cannot be read', () => {
    const bad = [
      leaf('a', { physical: 'BYTE_ARRAY' }),
      leaf('b', { physical: 'FIXED_LEN_BYTE_ARRAY' }),
      leaf('c', { physical: 'BYTE_ARRAY', meaning: 'BSON' }),
      leaf('d', { meaning: 'STRING' }),
      leaf('e', { meaning: 'DECIMAL', scale: 2 ** 31 - 1 }),
      leaf('f', { physical: 'FIXED_LEN_BYTE_ARRAY', length: 2 ** 30, meaning: 'DECIMAL' }),
      leaf('g', { meaning: 'an unknown type' }),
      leaf('d'),
      leaf('h', { physical: 'FLOAT', length: 2, meaning: 'FLOAT16' }),
      leaf('i', { physical: 'BYTE_ARRAY', length: 16, meaning: 'UUID' }),
    ];
    expect(schemaTree([group('root', bad.length), ...bad]).problems).toEqual([
      'has the column "a", which is binary',
      'has the column "b", which has values without a length',
      'has the column "c", which is of type BSON (BYTE_ARRAY)',
      'has the column "d", which is of type STRING (INT32)',
      'has the column "e", which is of type DECIMAL (INT32)',
      'has the column "f", which is of type DECIMAL (FIXED_LEN_BYTE_ARRAY)',
      'has the column "g", which is of type an unknown type (INT32)',
      'has the column "h", which is of type FLOAT16 (FLOAT)',
      'has the column "i", which is of type UUID (BYTE_ARRAY)',
      'has more than one column "d"',
    ]);
  });

  it('is none where its numbers do not fit, or it is too deep or too wide', () => {
    expect(() => schemaTree([group('root', 2 ** 31 - 1), leaf('a')])).toThrow('ends too soon');
    expect(() => schemaTree([group('root', 0), leaf('a')])).toThrow('has no columns');
    expect(() => schemaTree([group('root', 1), leaf('a'), leaf('b')])).toThrow('has no end');
    expect(() => schemaTree([])).toThrow('ends too soon');
    const nested = Array.from({ length: 100_000 }, () => group('g', 1));
    expect(() => schemaTree([...nested, leaf('a')])).toThrow('nested over 500 deep');
    const lists = nested.flatMap(() => [group('g', 1, LIST), group('list', 1, REPEATED)]);
    expect(() => schemaTree([group('root', 1), ...lists, leaf('a')])).toThrow('nested over 500');
    const wide = Array.from({ length: 10_001 }, (_, at) => leaf(`${at}`));
    expect(() => schemaTree([group('root', wide.length), ...wide])).toThrow('more than 10000');
  });

  it('shows names without what could harm a terminal', () => {
    const { problems } = schemaTree([
      group('root', 1),
      leaf('\u001b[2J\n"x"', { physical: 'BYTE_ARRAY' }),
    ]);
    expect(problems[0]).not.toMatch(/[\u0000-\u001f]/);
  });
});
