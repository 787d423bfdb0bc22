import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  groupNames as group,
  PLAIN,
  readVotes as read,
  rowsOf,
} from '../../../test/support/votes.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { readComparisons } from './index.ts';

describe('readComparisons on input that is wrong', () => {
  const WRONG =
    'left,right,winner\na,b,left\na,b,LEFTT\na,b\na,a,tie\n,b,left\na,b,right\nz,y,nobody\n';

  it('stops and shows the lines', async () => {
    await expect(read(WRONG)).rejects.toThrowError(
      expect.objectContaining({
        code: 'bad_input',
        message: expect.stringMatching(
          /5 rows.*\nvotes, line 3: the verdict is "LEFTT".*\nvotes, line 4: has 2 cells.*\nvotes, line 5: compares "a" with itself/,
        ),
      }),
    );
  });

  it('leaves them out and counts them when told to, with no item that only they name', async () => {
    const { table, invalid } = await read(WRONG, { skipInvalid: true });
    expect(rowsOf(table)).toEqual(['a left b', 'a right b']);
    expect(table.items).toEqual(['a', 'b']);
    expect(invalid.count).toBe(5);
    expect(invalid.examples.map((one) => one.line)).toEqual([3, 4, 5, 6, 8]);
  });

  it.each([
    ['a negative weight', 'left,right,winner,weight\na,b,left,-1\n', /line 2: the weight is "-1"/],
    ['an infinite weight', 'left,right,winner,weight\na,b,left,1e999\n', /the weight is/],
    [
      'a weight that is a word',
      'left,right,winner,weight\na,b,left,heavy\n',
      /the weight is "heavy"/,
    ],
    ['unknown columns', 'one,two\n1,2\n', /no known form of comparisons/],
    ['a column twice', 'left,right,winner,left\na,b,left,c\n', /"left" appears twice/],
    ['an empty file', '', /is empty/],
    ['only white space', '\n\n  \n', /no known form|is empty/],
    [
      'a quotation mark never closed',
      'left,right,winner\n"a,b,left\na,b,left\n',
      /line 2: a quotation mark is never closed/,
    ],
    [
      'text after a closing quotation mark',
      'left,right,winner\na,b,left\n"a"x,b,left\n',
      /line 3: /,
    ],
    [
      'JSON that is broken',
      '{"left":"a","right":"b","verdict":"tie"}\n{oops\n',
      /line 2: is not a JSON object/,
    ],
    [
      'a JSON list cut off',
      '[{"left":"a","right":"b","verdict":"tie"},\n{"le',
      /line 2: the list ends/,
    ],
    ['a JSON list not closed', '[{"left":"a","right":"b","verdict":"tie"}', /is not closed/],
    ['two JSON lists', '[{"left":"a","right":"b","verdict":"tie"}]\n[]', /behind the end/],
    ['JSON of another kind', '{"prompt":"x"}\n', /no known form of comparisons has "prompt"/],
  ])('names %s', async (_, text, message) => {
    await expect(read(text)).rejects.toThrowError(message);
  });

  it('names UTF-16, with and without a byte order mark', async () => {
    await expect(read(Buffer.from(`\ufeff${PLAIN}`, 'utf16le'))).rejects.toThrowError(/UTF-16/);
    await expect(read(Buffer.from(PLAIN, 'utf16le'))).rejects.toThrowError(/UTF-16/);
  });

  it('names the line of a name that is not UTF-8, quoted or not', async () => {
    const latin = (text: string) => Buffer.from(text, 'latin1');
    await expect(read(latin('left,right,winner\na,b,tie\nJos\xe9,b,left\n'))).rejects.toThrowError(
      /line 3: a name is not UTF-8/,
    );
    await expect(
      read(latin('left,right,winner\na,b,tie\n"Jos\xe9",b,left\n')),
    ).rejects.toThrowError(/line 3: is not UTF-8/);
    await expect(read(latin('{"left":"Jos\xe9"}\n'))).rejects.toThrowError(/line 1: is not UTF-8/);
  });

  it.each([
    ['PAR1\0\0', /is a damaged Parquet file/],
    ['PK\x03\x04xl/', /is a workbook or a zip archive/],
    ['SQLite format 3\0', /is an SQLite database/],
  ])('names a file that is no text', async (start, message) => {
    await expect(read(Buffer.from(start, 'latin1'))).rejects.toThrowError(message);
  });

  it('names line ends that are returns alone', async () => {
    await expect(read('left,right,winner\ra,b,left\rb,a,left\r')).rejects.toThrowError(
      /lines end with a return alone/,
    );
  });

  it('says that gzip is cut off', async () => {
    const whole = gzipSync(PLAIN.repeat(1));
    await expect(read(whole.subarray(0, whole.length - 12))).rejects.toThrowError(
      /cannot be unpacked/,
    );
  });

  it('says that a file is missing', async () => {
    await expect(readComparisons(['/nowhere/votes.csv'])).rejects.toThrowError(
      expect.objectContaining({ code: 'file_missing' }),
    );
  });

  it('names the nearest column for one that does not exist', async () => {
    const text = 'left,right,winner,country\na,b,left,de\n';
    await expect(read(text, { keepColumns: ['contry'] })).rejects.toThrowError(
      /no column "contry"/,
    );
    await expect(
      read('{"left":"a","right":"b","verdict":"tie"}\n', { keepColumns: ['x'] }),
    ).rejects.toThrowError(/"x" does not exist/);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'takes %s for a column only where a row has it',
    async (name) => {
      const row = (more = '') => `{"left":"a","right":"b","verdict":"tie"${more}}\n`;
      await expect(read(row(), { keepColumns: [name] })).rejects.toThrowError(/does not exist/);
      const { table } = await read(row(`,"${name}":"x"`), { keepColumns: [name] });
      expect(group(table, name)).toEqual(['x']);
    },
  );

  it('takes names that are keys of objects, or hold a NUL, for what they are', async () => {
    const text =
      'left,right,winner,judge\n__proto__,constructor,left,__proto__\na\0b,toString,tie,hasOwnProperty\n';
    const { table } = await read(text);
    expect(rowsOf(table)).toEqual(['__proto__ left constructor', 'a\0b tie toString']);
    expect(group(table, 'judge')).toEqual(['__proto__', 'hasOwnProperty']);
  });

  it('reads a line of ten megabytes, and refuses one that never ends', async () => {
    const long = 'x'.repeat(10_000_000);
    const { table } = await read(`left,right,winner\n${long},b,left\n`, {}, 65_536);
    expect(table.items[0]).toHaveLength(10_000_000);
    const piece = Buffer.alloc(1 << 20, 'x');
    const endless = Readable.from(
      (function* () {
        for (let k = 0; k < 80; k++) yield piece;
      })(),
    );
    await expect(readComparisons([{ name: 'endless', stream: endless }])).rejects.toThrowError(
      /endless, line 1: longer than/,
    );
  });

  it('never fails in any way but its own, whatever the bytes', async () => {
    const start = fc.constantFrom(
      '',
      'left,right,winner\n',
      '{"left":"a","right":"b","verdict":"tie"}\n',
      '[["',
      'a\tb\n',
      '\x1f\x8b',
      '{"games":[],"model":1}\n',
      '{"ranking":["a","b"]}\n',
    );
    const piece = fc.constantFrom(
      '"',
      ',',
      '\n',
      '\r',
      'a',
      '\t',
      '\0',
      '{',
      '[',
      ']',
      '}',
      '\xff',
      'left',
      ':',
      '1',
    );
    await fc.assert(
      fc.asyncProperty(
        start,
        fc.array(piece, { maxLength: 60 }),
        fc.boolean(),
        async (head, tail, skipInvalid) => {
          const bytes = Buffer.from(head + tail.join(''), 'latin1');
          await read(bytes, { skipInvalid }, 5).catch((error: unknown) => {
            expect(error).toBeInstanceOf(TuttiError);
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('survives JSON that is nested a million deep', async () => {
    const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000);
    await expect(
      read(`{"left":"a","right":${deep},"verdict":"tie"}\n`, {}, 65_536),
    ).rejects.toThrowError(TuttiError);
    await expect(read(`${deep}\n`, {}, 65_536)).rejects.toThrowError(TuttiError);
  });
});
