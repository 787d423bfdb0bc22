import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  groupNames as group,
  PLAIN,
  PLAIN_ROWS,
  readVotes as read,
  rowsOf,
} from '../../../test/support/votes.ts';
import { readComparisons } from './index.ts';

describe('readComparisons on CSV and TSV', () => {
  it('reads left, right, winner in any case and names the form', async () => {
    const { table, files, invalid } = await read(PLAIN);
    expect(rowsOf(table)).toEqual(PLAIN_ROWS);
    expect(files).toEqual([
      { name: 'votes', form: 'left-right-winner', container: 'csv', gzip: false, rows: 3 },
    ]);
    expect(invalid).toEqual({ count: 0, examples: [] });
    expect(table.weight).toBeNull();
  });

  it.each([
    ['tabs', PLAIN.replaceAll(',', '\t'), 'tsv'],
    ['semicolons', PLAIN.replaceAll(',', ';'), 'csv'],
    ['CRLF', PLAIN.replaceAll('\n', '\r\n'), 'csv'],
    ['a byte order mark', `\ufeff${PLAIN}`, 'csv'],
    ['no last newline', PLAIN.trimEnd(), 'csv'],
    ['no last newline after CR', `${PLAIN.trimEnd()}\r`, 'csv'],
    ['empty lines', PLAIN.replaceAll('\n', '\n\n'), 'csv'],
    ['quotation marks', PLAIN.replace(/[a-c]\b/g, '"$&"'), 'csv'],
  ])('reads the same with %s', async (_, text, container) => {
    for (const size of [1, 5, 1000]) {
      const { table, files } = await read(text, {}, size);
      expect(rowsOf(table)).toEqual(PLAIN_ROWS);
      expect(files[0]!.container).toBe(container);
    }
  });

  it('unpacks gzip', async () => {
    const { table, files } = await read(gzipSync(PLAIN), {}, 11);
    expect(rowsOf(table)).toEqual(PLAIN_ROWS);
    expect(files[0]!.gzip).toBe(true);
  });

  it('reads quoted names with commas, quotation marks and line ends between plain lines', async () => {
    const text = 'left,right,winner\na,b,left\n"x, ""y""\nz",b,right\n"q","w",tie\nb,a,tie\n';
    for (const size of [1, 9, 1000]) {
      const { table } = await read(text, {}, size);
      expect(rowsOf(table)).toEqual(['a left b', 'x, "y"\nz right b', 'q tie w', 'b tie a']);
    }
  });

  it('agrees with itself on any names, quoted or not, however the bytes are cut', async () => {
    const shown = (text: string) => text.trim().normalize('NFC');
    const name = fc
      .string({ minLength: 1, maxLength: 8, unit: 'binary' })
      .filter((s) => !/[",\n\r;\t]/.test(s) && shown(s) !== '');
    const rows = fc.array(
      fc.tuple(name, name, fc.constantFrom('left', 'right', 'tie'), fc.boolean()),
      { minLength: 1, maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), async (list, size) => {
        const wanted = list.filter(([a, b]) => shown(a) !== shown(b));
        const cell = (text: string, quoted: boolean) => (quoted ? `"${text}"` : text);
        const lines = wanted.map(([a, b, w, quoted]) => `${cell(a, quoted)},${b},${w}`);
        const { table } = await read(`left,right,winner\n${lines.join('\n')}\n`, {}, size);
        expect(rowsOf(table)).toEqual(wanted.map(([a, b, w]) => `${shown(a)} ${w} ${shown(b)}`));
      }),
      { numRuns: 150 },
    );
  });

  it('reads arena votes and keeps "both bad" apart from a tie', async () => {
    const text =
      'model_a,model_b,winner,judge\na,b,model_a,u1\na,b,tie (bothbad),u2\nb,a,tie,u1\nb,a,model_b,u2\n';
    const { table, files } = await read(text);
    expect(files[0]!.form).toBe('arena');
    expect(rowsOf(table)).toEqual(['a left b', 'a both_bad b', 'b tie a', 'b right a']);
    expect(group(table, 'judge')).toEqual(['u1', 'u2', 'u1', 'u2']);
  });

  it('reads prompt, worker, category, weight and further columns', async () => {
    const text =
      'prompt,worker,left,right,winner,weight,category,country\np1,w1,a,b,left,2,code,de\np2,w1,a,b,tie,,prose,fr\n';
    const { table } = await read(text, { keepColumns: ['country'] });
    expect(group(table, 'prompt')).toEqual(['p1', 'p2']);
    expect(group(table, 'judge')).toEqual(['w1', 'w1']);
    expect(group(table, 'category')).toEqual(['code', 'prose']);
    expect(group(table, 'country')).toEqual(['de', 'fr']);
    expect(Array.from(table.weight!.subarray(0, 2))).toEqual([2, 1]);
  });

  it('makes one number of a feature that both answers have', async () => {
    const text = 'left,right,winner,len_a,len_b,score\na,b,left,30,10,1.5\nb,a,tie,0,0,-2\n';
    const { table } = await read(text, { features: ['len', 'score'] });
    expect(Array.from(table.features.len!.subarray(0, 2))).toEqual([0.5, 0]);
    expect(Array.from(table.features.score!.subarray(0, 2))).toEqual([1.5, -2]);
    const dense = await read(text, { features: ['len'], featureForm: 'density' });
    expect(dense.table.features.len![0]).toBeCloseTo(20 / 41, 12);
  });

  it('keeps the UTC day of a verdict', async () => {
    const text =
      'left,right,winner,tstamp\na,b,left,1700000000\na,b,tie,2026-01-31T23:59:59Z\na,b,tie,1700000000000\n';
    const { table } = await read(text, { days: true });
    expect(group(table, 'day')).toEqual(['2023-11-14', '2026-01-31', '2023-11-14']);
  });

  it('puts several files into one table with common names', async () => {
    const source = (text: string) => ({ name: 'x', stream: Readable.from([Buffer.from(text)]) });
    const { table, files } = await readComparisons([
      source(PLAIN),
      source('{"left":"c","right":"d","verdict":"both_bad"}\n'),
    ]);
    expect(table.items).toEqual(['a', 'b', 'c', 'd']);
    expect(rowsOf(table)).toEqual([...PLAIN_ROWS, 'c both_bad d']);
    expect(files.map((file) => [file.form, file.rows])).toEqual([
      ['left-right-winner', 3],
      ['tutti', 1],
    ]);
  });

  it('names a group column that only some files have', async () => {
    const source = (text: string) => ({ name: 'x', stream: Readable.from([Buffer.from(text)]) });
    const found = await readComparisons([
      source(PLAIN),
      source('left,right,winner,category\na,b,left,j\n'),
    ]);
    expect(found.table.groups).toEqual({});
    expect(found.incompleteColumns).toEqual(['category']);
  });

  it('lets a row without prompt or judge stand for itself, and counts them', async () => {
    const text =
      'left,right,winner,prompt,judge\na,b,left,p,ann\na,b,tie,,ann\nb,a,left,  ,NaN\na,b,tie,p , ann\na,b,tie,NA,None\n';
    for (const size of [1, 1000]) {
      const { table, missing } = await read(text, {}, size);
      const { prompt, judge } = table.groups;
      expect([...prompt!.ids]).toEqual([0, 1, 2, 0, 3]);
      expect(prompt).toMatchObject({ count: 4, known: 1, names: ['p'] });
      expect([...judge!.ids]).toEqual([0, 0, 1, 0, 2]);
      expect(missing).toEqual({ prompt: 3, judge: 2 });
    }
  });

  it('takes an empty cell and NA of any other column for values', async () => {
    const text = 'left,right,winner,category,country\na,b,left,,NA\na,b,tie,x,de\nb,a,left,x,\n';
    const { table, incompleteColumns } = await read(text, { keepColumns: ['country'] });
    expect(group(table, 'category')).toEqual(['', 'x', 'x']);
    expect(group(table, 'country')).toEqual(['NA', 'de', '']);
    expect(incompleteColumns).toEqual([]);
  });

  it('has no column where no row has a value', async () => {
    const { table, missing } = await read('left,right,winner,prompt\na,b,left,\na,b,tie,nan\n');
    expect([table.groups, missing]).toEqual([{}, {}]);
  });

  it('reads white space around names as none, and composed and decomposed letters as one', async () => {
    const text =
      'model_a, model_b, winner\nA, B, model_a\nB , "A",model_a\nTu\u0308lu,T\u00fclu 2,tie\nT\u00fclu,B,tie\n';
    const { table } = await read(text);
    expect(table.items).toEqual(['A', 'B', 'T\u00fclu', 'T\u00fclu 2']);
    await expect(read('left,right,winner\nA, A,left\n')).rejects.toThrowError(/with itself/);
  });

  it('passes over a column that is not used, even where it stands twice', async () => {
    const { table } = await read('left,right,note,winner,note\na,b,x,left,y\n');
    expect(rowsOf(table)).toEqual(['a left b']);
    await expect(
      read('left,right,note,winner,note\na,b,x,left,y\n', { keepColumns: ['note'] }),
    ).rejects.toThrowError(/"note" appears twice/);
  });

  it.each([
    ['semicolons and a comma in a later column', 'left;right;winner;why, so?\na;b;left;x\n'],
    ['bars', 'left|right|winner\na|b|left\n'],
    ["Excel's line with the delimiter", 'sep=;\nleft;right;winner\na;b;left\n'],
    ['spaces and capitals in names of columns', 'Model A,Model B,Winner\na,b,left\n'],
  ])('finds the delimiter and the columns of a file with %s', async (_, text) => {
    expect(rowsOf((await read(text)).table)).toEqual(['a left b']);
  });
});
