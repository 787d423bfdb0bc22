import fc from 'fast-check';
import type { StoredType, UnitDigits } from '../../src/io/stored-type.ts';

const DIGITS = fc.constantFrom<UnitDigits>(0, 3, 6, 9);
const BITS = fc.constantFrom<8 | 16 | 32 | 64>(8, 16, 32, 64);

const LEAF: fc.Arbitrary<StoredType> = fc.oneof(
  fc.constantFrom<StoredType>(
    { kind: 'text' },
    { kind: 'json' },
    { kind: 'boolean' },
    { kind: 'float' },
    { kind: 'double' },
    { kind: 'date', isLong: false },
    { kind: 'date', isLong: true },
  ),
  fc.record({ kind: fc.constant('integer' as const), bits: BITS, isSigned: fc.boolean() }),
  fc.record({ kind: fc.constant('time' as const), digits: DIGITS, isUtc: fc.boolean() }),
  fc.record({ kind: fc.constant('duration' as const), digits: DIGITS }),
  fc
    .record({
      ...{ kind: fc.constant('timestamp' as const), digits: DIGITS },
      zone: fc.constantFrom(null, 'UTC', 'Europe/Berlin', undefined),
    })
    // The older Parquet, which leaves the zone open, has no nanoseconds.
    .map((type) => (type.digits === 9 ? { ...type, zone: type.zone ?? null } : type)),
  fc
    .record({ bits: fc.constantFrom(32, 64, 128, 256), of: fc.nat(), scale: fc.nat() })
    .map(({ bits, of, scale }): StoredType => {
      const precision = 1 + (of % { 32: 9, 64: 18, 128: 38, 256: 76 }[bits]!);
      return { kind: 'decimal', bits, precision, scale: scale % (precision + 1) };
    }),
);

/** Types that both forms have, lists of them included. */
export const STORED_TYPE = fc.oneof(
  { weight: 3, arbitrary: LEAF },
  {
    weight: 1,
    arbitrary: fc
      .record({ item: LEAF, size: fc.constantFrom(null, null, 2), isDeep: fc.boolean() })
      .map(({ item, size, isDeep }): StoredType => {
        const list: StoredType = { kind: 'list', item, size };
        return isDeep ? { kind: 'list', item: list, size: null } : list;
      }),
  },
);

const pad = (value: number, length = 2) => String(value).padStart(length, '0');
const day = (min: string, max: string) =>
  fc
    .date({ min: new Date(min), max: new Date(max), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
const clock = (digits: number) =>
  fc.tuple(fc.nat(23), fc.nat(59), fc.nat(59), fc.nat(999_999_999)).map(([h, m, s, rest]) => {
    const fraction = pad(rest, 9).slice(0, digits).replace(/0+$/, '');
    return `${pad(h)}:${pad(m)}:${pad(s)}${fraction && `.${fraction}`}`;
  });
const whole = (bits: number, isSigned: boolean) => {
  const least = isSigned ? -(2n ** BigInt(bits - 1)) : 0n;
  return fc.bigInt(least, least + 2n ** BigInt(bits) - 1n).map(String);
};

const quoted = (text: string) => JSON.stringify(text);

/** Values of a type, none of them null, as JSON has them once they have been read. */
export function storedValue(type: StoredType): fc.Arbitrary<string> {
  switch (type.kind) {
    case 'text':
      return fc.string({ unit: 'grapheme' }).map(quoted);
    case 'json':
      return fc.constantFrom('{"a":1.0}', '[]', '"x"', '12345678901234567890', 'true');
    case 'boolean':
      return fc.boolean().map(String);
    case 'float':
      return fc.constantFrom('0.1', '-0', '0', '1e999', '-1e999', '16777216', '1e-45');
    case 'double':
      return fc.constantFrom('0.1', '-0', '0', '1e999', '5e-324', '1e300', '9007199254740992');
    case 'integer':
      return whole(type.bits, type.isSigned);
    case 'duration':
      return whole(64, true);
    case 'date':
      return day('0001-01-01', '9999-12-31').map(quoted);
    case 'time':
      return clock(type.digits).map(quoted);
    case 'timestamp': {
      // Nanoseconds of more years are no number of 64 bits.
      const days =
        type.digits === 9 ? day('1700-01-01', '2200-01-01') : day('0001-01-01', '9999-12-31');
      return fc.tuple(days, clock(type.digits)).map(([date, time]) => quoted(`${date}T${time}Z`));
    }
    case 'decimal':
      return decimal(type);
    case 'list': {
      const length = type.size === null ? {} : { minLength: type.size, maxLength: type.size };
      return fc
        .array(fc.option(storedValue(type.item), { nil: 'null' }), { maxLength: 4, ...length })
        .map((items) => `[${items.join(',')}]`);
    }
  }
}

function decimal({ precision, scale }: { readonly precision: number; readonly scale: number }) {
  const most = 10n ** BigInt(precision) - 1n;
  return fc.bigInt(-most, most).map((unscaled) => {
    const digits = String(unscaled)
      .replace('-', '')
      .padStart(scale + 1, '0');
    const point = digits.length - scale;
    const fraction = scale === 0 ? '' : `.${digits.slice(point)}`;
    return quoted(`${unscaled < 0n ? '-' : ''}${digits.slice(0, point)}${fraction}`);
  });
}
