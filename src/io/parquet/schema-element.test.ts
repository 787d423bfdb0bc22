import { expect, it } from 'vitest';
import { readSchemaElement } from './schema-element.ts';
import { ThriftReader } from './thrift-reader.ts';

/** A timestamp whose unit is the field of this number, as Thrift's compact protocol writes it. */
function timestamp(unit: readonly number[]): Buffer {
  return Buffer.from([0xac, 0x8c, 0x2c, ...unit, 0x00, 0x00, 0x00, 0x00, 0x00]);
}

it('knows the three units of a time, and no number that would be as many digits', () => {
  const read = (unit: readonly number[]) => readSchemaElement(new ThriftReader(timestamp(unit)));
  expect(read([0x3c])).toMatchObject({ meaning: 'TIMESTAMP', fractionDigits: 9 });
  // The millionth field, and one below zero.
  for (const unit of [
    [0x0c, 0x80, 0x89, 0x7a],
    [0x0c, 0x01],
  ]) {
    expect(read(unit)).toMatchObject({ meaning: 'an unknown type', fractionDigits: 0 });
  }
});

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
