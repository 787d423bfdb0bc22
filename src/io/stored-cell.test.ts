import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../core/exact-json.ts';
import { cellReader } from './stored-cell.ts';
import type { StoredType, UnitDigits } from './stored-type.ts';

const integer = (bits: 8 | 16 | 32 | 64, isSigned: boolean): StoredType => {
  return { kind: 'integer', bits, isSigned };
};
const timestamp = (digits: UnitDigits): StoredType => ({ kind: 'timestamp', digits, zone: null });
const time = (digits: UnitDigits): StoredType => ({ kind: 'time', digits, isUtc: false });
const decimal = (precision: number, scale: number): StoredType => {
  return { kind: 'decimal', precision, scale, bits: 128 };
};
const list = (item: StoredType, size: number | null = null): StoredType => {
  return { kind: 'list', item, size };
};
const DATE: StoredType = { kind: 'date', isLong: false };
const FLOAT: StoredType = { kind: 'float' };

/** What a JSON text is read back as. */
const read = (type: StoredType, text: string) => cellReader(type)(parseExactJson(text));

describe('a value that is read back', () => {
  it.each<[StoredType, string, unknown]>([
    [integer(8, true), '-128', -128],
    [integer(32, false), '4294967295', 4294967295],
    [integer(64, true), '-9223372036854775808', -(2n ** 63n)],
    [integer(64, false), '18446744073709551615', 2n ** 64n - 1n],
    [DATE, '"1970-01-01"', 0],
    [DATE, '"2024-02-29"', 19_782],
    [DATE, '"0001-01-01"', -719_162],
    [DATE, '"-000044-03-15"', -735_525],
    [DATE, '"+010000-01-01"', 2_932_897],
    [timestamp(0), '"1970-01-01T00:00:01Z"', 1n],
    [timestamp(3), '"2024-02-29T00:00:00.12Z"', 1_709_164_800_120n],
    [timestamp(9), '"1969-12-31T23:59:59.999999999Z"', -1n],
    [timestamp(9), '"2262-04-11T23:47:16.854775807Z"', 2n ** 63n - 1n],
    [time(3), '"23:59:59.5"', 86_399_500n],
    [time(6), '"00:00:00.000001"', 1n],
    [decimal(5, 2), '"-0.01"', -1n],
    [decimal(5, 2), '"999.99"', 99_999n],
    [decimal(38, 0), `"${'9'.repeat(38)}"`, 10n ** 38n - 1n],
    [FLOAT, '0.1', Math.fround(0.1)],
    [FLOAT, '-0', -0],
    [FLOAT, '1e999', Number.POSITIVE_INFINITY],
    [{ kind: 'double' }, '1e+30', 1e30],
    [{ kind: 'json' }, '{"a":1.0}', '{"a":1.0}'],
    [list(DATE), '["1970-01-02",null]', [1, null]],
    [list(list(integer(8, false)), 1), '[[]]', [[]]],
  ])('of the type %j is the value that its text says: %s', (type, text, cell) => {
    expect(read(type, text)).toStrictEqual(cell);
  });

  it.each<[StoredType, string]>([
    [integer(8, true), '128'],
    [integer(8, false), '-1'],
    [integer(32, true), '1.5'],
    [integer(32, true), '"1"'],
    [integer(64, true), '9223372036854775808'],
    [integer(64, false), '18446744073709551616'],
    [DATE, '"2023-02-29"'],
    [DATE, '"2024-13-01"'],
    [DATE, '"2024-00-10"'],
    [DATE, '"2024-1-1"'],
    [DATE, '"2024-01-01 "'],
    [DATE, '"+002024-01-01"'],
    [DATE, '"+099999999-01-01"'],
    [DATE, '19782'],
    [timestamp(3), '"2024-02-29T00:00:00.1200Z"'],
    [timestamp(3), '"2024-02-29T00:00:00.1234Z"'],
    [timestamp(3), '"2024-02-29T00:00:00"'],
    [timestamp(3), '"2024-02-29T00:00:60Z"'],
    [timestamp(3), '"2024-02-29T00:00:00+01:00"'],
    [timestamp(9), '"2262-04-11T23:47:16.854775808Z"'],
    [time(3), '"23:60:00"'],
    [time(3), '"599:59:59"'],
    [time(0), '"1:00:00"'],
    [decimal(5, 2), '"1"'],
    [decimal(5, 2), '"1.500"'],
    [decimal(5, 2), '"1000.00"'],
    [decimal(5, 2), '"01.00"'],
    [decimal(5, 2), '"-0.00"'],
    [decimal(5, 2), '1.50'],
    [FLOAT, '0.1000000001'],
    [FLOAT, '16777217'],
    [FLOAT, '"0.1"'],
    [{ kind: 'double' }, '9007199254740993'],
    [{ kind: 'double' }, '1e400'],
    [{ kind: 'boolean' }, '1'],
    [{ kind: 'text' }, 'true'],
    [list(DATE), '["1970-01-02","x"]'],
    [list(DATE), '"1970-01-02"'],
    [list(DATE, 2), '["1970-01-02"]'],
  ])('of the type %j is none where a text is not what is written for it: %s', (type, text) => {
    expect(read(type, text)).toBeUndefined();
  });
});
