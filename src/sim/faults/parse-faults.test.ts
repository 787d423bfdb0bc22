import { describe, expect, test } from 'vitest';
import { MIXED_FAULTS } from './catalogue.ts';
import { parseFaults } from './parse-faults.ts';

const ALWAYS = { argument: null, share: 1, window: null, mostInARow: null };

describe('faults', () => {
  test('are read with their shares, arguments and windows', () => {
    expect(parseFaults('500=5%, hang@10-12,reset=2.5%@every10')).toEqual([
      { ...ALWAYS, name: '500', share: 0.05 },
      { ...ALWAYS, name: 'hang', window: { kind: 'numbers', first: 10, last: 12 } },
      { ...ALWAYS, name: 'reset', share: 0.025, window: { kind: 'every', every: 10 } },
    ]);
    expect(parseFaults('429=2s=5%@first20,502@2s-5s,html@3')).toEqual([
      {
        ...ALWAYS,
        name: '429',
        argument: '2s',
        share: 0.05,
        window: { kind: 'numbers', first: 1, last: 20 },
      },
      { ...ALWAYS, name: '502', window: { kind: 'time', fromMs: 2000, untilMs: 5000 } },
      { ...ALWAYS, name: 'html', window: { kind: 'numbers', first: 3, last: 3 } },
    ]);
  });

  test('take addresses, sizes and rates as arguments', () => {
    const target = '308:http://127.0.0.1:9/?a=b';
    expect(parseFaults(`redirect=${target}`)).toEqual([
      { ...ALWAYS, name: 'redirect', argument: target },
    ]);
    expect(parseFaults('drip=1B/s=1%,gzip-bomb=20MB=1%')).toMatchObject([
      { name: 'drip', argument: '1B/s', share: 0.01 },
      { name: 'gzip-bomb', argument: '20MB', share: 0.01 },
    ]);
  });

  test('of the mixture are equal parts that sum up to its share', () => {
    const rules = parseFaults('mixed=10%');
    expect(rules.map(({ name }) => name)).toEqual(MIXED_FAULTS);
    expect(rules.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(0.1);
  });
});

test.each([
  ['rset=5%', 'unknown fault "rset"', '"reset"'],
  ['truncate', 'unknown fault "truncate"', '"truncated"'],
  ['mixd=10%', 'unknown fault "mixd"', '"mixed"'],
  ['200=5%', 'unknown fault "200"', '"500"'],
  ['redirect', 'redirect takes the address', 'redirect='],
  ['redirect=nowhere', 'redirect takes the address', 'redirect='],
  ['hang=5', 'hang takes nothing but a share', 'hang=5%'],
  ['drip=fast', 'drip takes bytes per second', 'drip='],
  ['500=0%', 'the share 0%', '500=5%'],
  ['500=60%,503=60%', 'more than 100 %', 'share'],
  ['500=5%@12-10', '"@12-10" is no time', '@10-12'],
  ['500=5%@5s-2s', '"@5s-2s" is no time', '@2s-5s'],
  ['mixed=often', 'mixed takes a share', 'mixed=10%'],
  ['500,,503', 'empty entry', 'one comma'],
])('faults %j are refused with what to write', (text, message, hint) => {
  expect(() => parseFaults(text)).toThrow(
    expect.objectContaining({
      code: 'bad_usage',
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    }),
  );
});
