import { expect, it } from 'vitest';
import { readSchemaElement, type SchemaElement } from './schema-element.ts';
import { schemaTree } from './schema-tree.ts';
import { ThriftReader } from './thrift-reader.ts';

const element = (name: string, more: Partial<SchemaElement> = {}): SchemaElement => ({
  ...{ name, physical: null, meaning: null, repetition: 'required' },
  ...{ children: 0, length: 0, scale: 0, fractionDigits: 0, ...more },
});

it('takes a map of keys alone for a list of them', () => {
  const { columns, problems } = schemaTree([
    element('schema', { children: 1 }),
    element('set', { meaning: 'MAP', repetition: 'optional', children: 1 }),
    element('key_value', { repetition: 'repeated', children: 1 }),
    element('key', { physical: 'INT32' }),
  ]);
  expect(problems).toEqual([]);
  expect(columns).toMatchObject([
    { kind: 'list', name: 'set', item: { kind: 'leaf', name: 'key' } },
  ]);
});

it('knows the number by which old programs said that a column has no values', () => {
  // An optional INT32 of the name n, of the converted type 24.
  const bytes = Buffer.from([0x15, 2, 0x25, 2, 0x18, 1, 0x6e, 0x25, 48, 0]);
  const read = readSchemaElement(new ThriftReader(bytes));
  expect(read).toMatchObject({ name: 'n', physical: 'INT32', meaning: 'NULL' });
  expect(schemaTree([element('schema', { children: 1 }), read]).problems).toEqual([]);
});
