import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countAttacks } from '../support/attack-counts.ts';
import { anyFamily, NESTED, repeated } from './hostile-texts.ts';
import { READERS } from './readers.ts';
import { superlinearGrowth } from './time-growth.ts';

const { attack } = countAttacks('texts that are nested deeply');

describe('the time that reading a text takes', () => {
  it.each(Object.entries(READERS))('grows as the text does: %s', async (_, read) => {
    await fc.assert(
      fc.asyncProperty(anyFamily, async (family) => {
        expect(await superlinearGrowth(read, family)).toBeNull();
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['prompt of standard input', 'a', '\r\n', 'x'],
    ['address of an endpoint', 'a', '/', 'x'],
    ['host of an address', '', '/', 'a'],
    ['reference as shown', '', '/', ''],
    ['nearest name', '', 'ab', ''],
    ['name of a variable', '', 'A_', ''],
    ['anchor', 'a=', '1', '!'],
    ['log of a panel', '', 'ab\n__\n', ''],
    ["simulated model's stream", '', ' ', ''],
    ['cell of a spreadsheet', '-', '1', 'x'],
    ['JSON list of comparisons', '}', ' \n', '{'],
  ] as const)(
    'grows as the text does where it once did not: %s',
    async (name, before, unit, after) => {
      const family = repeated(before, unit, after);
      expect(await superlinearGrowth(READERS[name]!, family)).toBeNull();
    },
  );
});

describe('what is nested 30,000 deep', () => {
  it.each(Object.entries(READERS))('is read or refused: %s', async (name, read) => {
    for (const [at, nest] of NESTED.entries()) {
      await attack(`${name}, ${at}`, async () => {
        try {
          await read(nest(30_000));
        } catch (error) {
          expect(error).not.toBeInstanceOf(RangeError);
        }
      });
    }
  });
});
