import { expect, it } from 'vitest';
import { readSchemaElement } from './schema-element.ts';
import { ThriftReader } from './thrift-reader.ts';

/** An optional INT32 of the name n, of a converted type. */
function read(convertedType: number) {
  const bytes = Buffer.from([0x15, 2, 0x25, 2, 0x18, 1, 0x6e, 0x25, 2 * convertedType, 0]);
  return readSchemaElement(new ThriftReader(bytes));
}

it('knows the number by which old programs said that a column has no values', () => {
  expect(read(24)).toMatchObject({ name: 'n', physical: 'INT32', meaning: 'NULL' });
});

it('takes no number for what it is not', () => {
  expect(read(6)).toMatchObject({ meaning: 'DATE' });
  expect(read(23)).toMatchObject({ meaning: 'an unknown type' });
  expect(read(25)).toMatchObject({ meaning: 'an unknown type' });
});
