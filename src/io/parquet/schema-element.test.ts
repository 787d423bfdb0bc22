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
