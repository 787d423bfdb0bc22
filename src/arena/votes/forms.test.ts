import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { groupNames as group, readVotes as read, rowsOf } from '../../../test/support/votes.ts';
import { readComparisons } from './index.ts';
import type { ReadComparisonsOptions } from './read-options.ts';

const rowsIn = async (text: string, options: ReadComparisonsOptions = {}) =>
  rowsOf((await read(text, options)).table);
const lines = (...rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join('\n');
const csvOf = (rows: readonly (readonly string[])[]) =>
  `${rows.map((row) => row.join()).join('\n')}\n`;

describe('the verdict of a row', () => {
  const asCsv = (...verdicts: string[]) =>
    `left,right,winner\n${verdicts.map((v) => `x,y,${v}\n`).join('')}`;

  it.each([
    ['the name of the item', ['x', 'y', ' x '], ['left', 'right', 'left'], { name: 3 }],
    ['a letter', ['A', 'b', 'C', '[[A]]'], ['left', 'right', 'tie', 'left'], { letter: 4 }],
    [
      'points of the left item',
      ['1', '0.5', '0', '1.0'],
      ['left', 'tie', 'right', 'left'],
      { number: 4 },
    ],
    [
      'a word',
      ['Model A', 'model_2', 'tie (both bad)', 'bothbad_vote'],
      ['left', 'right', 'both_bad', 'both_bad'],
      { word: 4 },
    ],
  ])('may be %s, in CSV and in JSON', async (_, verdicts, wanted, spellings) => {
    const json = verdicts.map((winner) => ({ left: 'x', right: 'y', winner }));
    for (const text of [asCsv(...verdicts), lines(...json)]) {
      const found = await read(text);
      expect(rowsOf(found.table)).toEqual(wanted.map((verdict) => `x ${verdict} y`));
      expect(found.spellings).toEqual(spellings);
    }
  });

  it('is refused where it can be read in two ways, and read as told', async () => {
    const text = 'model_a,model_b,winner\nA,B,A\nB,A,B\n';
    await expect(read(text)).rejects.toThrowError(
      /1 row is not.*\nvotes, line 3: the verdict "B" is the right item as a word and the left item as the name.*`winnerIs`/,
    );
    expect(await rowsIn(text, { winnerIs: 'name' })).toEqual(['A left B', 'B left A']);
    expect(await rowsIn(text, { winnerIs: 'side' })).toEqual(['A left B', 'B right A']);
    const json = lines({ model_a: 'B', model_b: 'A', winner: 'B' });
    await expect(read(json)).rejects.toThrowError(/`winnerIs`/);
    expect(await rowsIn(json, { winnerIs: 'name' })).toEqual(['B left A']);
    const third = 'left,right,winner\nA,C,C\n';
    await expect(read(third)).rejects.toThrowError(/tie as a word and the right item/);
    await expect(read('left,right,winner\nm,n,A\n', { winnerIs: 'name' })).rejects.toThrowError(
      /the verdict is "A"/,
    );
    expect(await rowsIn('left,right,winner\nm,n,tie\n', { winnerIs: 'name' })).toEqual(['m tie n']);
  });

  it('refuses numbers that are no points, and names of a third item', async () => {
    await expect(read(asCsv('2'))).rejects.toThrowError(/"2"/);
    await expect(read(asCsv('-1'))).rejects.toThrowError(/"-1"/);
    await expect(read('left,right,winner\nx,y,x\nx,z,y\n')).rejects.toThrowError(/line 3.*"y"/);
  });

  it('becomes two rows with weights, one observation, where it is not sure', async () => {
    const text = 'left,right,winner,weight,prompt\nx,y,0.93,2,p\ny,x,right,1,q\n';
    const { table, softVerdicts } = await read(text);
    expect(rowsOf(table)).toEqual(['x left y', 'x right y', 'y right x']);
    expect([...table.weight!.subarray(0, 3)]).toEqual([1.86, 0.14, 1]);
    expect([...table.groups.ranking!.ids]).toEqual([0, 0, 1]);
    expect(group(table, 'prompt')).toEqual(['p', 'p', 'q']);
    expect(softVerdicts).toBe(1);
  });
});

describe('forms of the field', () => {
  it('reads one-hot columns', async () => {
    const header = [
      'id',
      'model_a',
      'model_b',
      'prompt',
      'winner_model_a',
      'winner_model_b',
      'winner_tie',
    ];
    const text = csvOf([
      header,
      ['1', 'A', 'B', 'p1', '1', '0', '0'],
      ['2', 'B', 'A', 'p2', '0', '1', '0'],
      ['3', 'A', 'B', 'p3', '0', '0', '1.0'],
    ]);
    const { table, files } = await read(text);
    expect(rowsOf(table)).toEqual(['A left B', 'B right A', 'A tie B']);
    expect(group(table, 'prompt')).toEqual(['p1', 'p2', 'p3']);
    expect(files[0]!.form).toBe('one-hot');
    const wrong = csvOf([
      header,
      ['1', 'A', 'B', 'p', '1', '1', '0'],
      ['1', 'A', 'B', 'p', '0', '0', '0'],
    ]);
    await expect(read(wrong)).rejects.toThrowError(/2 rows.*just one must be 1, not "1, 1, 0"/s);
    const json = lines({
      model_a: 'A',
      model_b: 'B',
      winner_model_a: 0,
      winner_model_b: true,
      winner_tie: false,
    });
    expect(await rowsIn(json)).toEqual(['A right B']);
  });

  it("reads MT-bench's pairs of games, of which the second has changed sides", async () => {
    const game = (question: number, one: string, two: string) => ({
      question_id: question,
      model_1: 'A',
      model_2: 'B',
      g1_winner: one,
      g2_winner: two,
      judge: ['gpt-4', 'pair-v2'],
      turn: 1,
    });
    const text = lines(
      game(81, 'model_1', 'model_1'),
      game(82, 'tie', 'model_2'),
      game(83, 'error', 'tie'),
    );
    const { table, nullGames } = await read(text, { turns: true });
    expect(rowsOf(table)).toEqual(['A left B', 'B right A', 'A tie B', 'B left A']);
    expect(group(table, 'prompt')).toEqual(['81', '81', '82', '82']);
    expect(group(table, 'judge')[0]).toBe('gpt-4 pair-v2');
    expect(nullGames).toBe(1);
    const csv = csvOf([
      ['question_id', 'model_1', 'model_2', 'g1_winner', 'g2_winner', 'turn'],
      ['81', 'A', 'B', 'model_2', 'tie', '2'],
    ]);
    expect(await rowsIn(csv)).toEqual(['A right B', 'B tie A']);
    await expect(read(lines(game(1, 'A wins', 'tie')))).rejects.toThrowError(/game 1 is "A wins"/);
  });

  it("reads AlpacaEval's annotations: preferences from 1 to 2, in a JSON list with NaN", async () => {
    const row = (preference: unknown) => ({
      instruction: 'i',
      generator_1: 'base',
      generator_2: 'new',
      preference,
      output_1: 'xyz',
      output_2: '\u{1f600}',
      annotator: 'judge',
    });
    const list = JSON.stringify([row(1), row(2), row(1.5), row(1.93), row(0)], null, 1);
    for (const size of [1, 7, 100_000]) {
      const { table, files, rowsWithoutSides } = await read(
        list,
        { features: ['length'], featureForm: 'difference' },
        size,
      );
      expect(rowsOf(table)).toEqual([
        'base left new',
        'base right new',
        'base tie new',
        'base left new',
        'base right new',
        'base tie new',
      ]);
      expect([...table.weight!.subarray(0, 6)]).toEqual([1, 1, 1, 0.07, 0.93, 1]);
      expect(table.features.length![0]).toBe(2);
      expect(rowsWithoutSides).toBe(6);
      expect(group(table, 'judge')[0]).toBe('judge');
      expect(files[0]).toMatchObject({ form: 'alpaca-eval', container: 'json' });
    }
    const nan = list.replace('1.93', 'NaN').replace('"i"', '"NaN, Infinity"');
    const { table, nullGames } = await read(nan);
    expect([table.rows, nullGames]).toEqual([4, 1]);
    const failed = JSON.stringify([row(1), { ...row(null), generator_2: 'other' }]);
    expect((await read(failed)).table.items).toEqual(['base', 'new']);
    expect(group(table, 'prompt')[0]).toBe('NaN, Infinity');
    const csv = 'generator_1,generator_2,preference\nbase,new,1.93\nbase,new,2.5\n';
    await expect(read(csv)).rejects.toThrowError(/line 3: the preference is "2.5"/);
  });

  it('reads exports of Label Studio: rows, and tasks with annotations', async () => {
    const short = [{ id: 1, annotator: 4, left: 'A', right: 'B', comparison: 'left' }];
    const { table, files } = await read(JSON.stringify(short));
    expect([rowsOf(table), group(table, 'judge'), files[0]!.form]).toEqual([
      ['A left B'],
      ['4'],
      'label-studio',
    ]);
    const pick = (selected: string, by: unknown, more = {}) => ({
      completed_by: by,
      result: [{ type: 'pairwise', value: { selected } }],
      ...more,
    });
    const choice = { completed_by: 6, result: [{ type: 'choices', value: { choices: ['Tie'] } }] };
    const tasks = [
      {
        id: 7,
        data: { model_a: 'A', model_b: 'B' },
        annotations: [pick('left', 4), pick('right', { id: 5 }), choice],
      },
      {
        id: 8,
        data: { model_a: 'B', model_b: 'A', prompt: 'p' },
        annotations: [pick('left', 4, { was_cancelled: true })],
      },
      { id: 9, data: { model_a: 'B', model_b: 'A', prompt: 'p' }, annotations: [] },
      { id: 9, data: { model_a: 'B', model_b: 'A', prompt: 'p' }, annotations: [pick('left', 4)] },
    ];
    const full = await read(JSON.stringify(tasks));
    expect(rowsOf(full.table)).toEqual(['A left B', 'A right B', 'A tie B', 'B left A']);
    expect(group(full.table, 'prompt')).toEqual(['7', '7', '7', 'p']);
    expect(group(full.table, 'judge')).toEqual(['4', '5', '6', '4']);
    const texts = JSON.stringify([{ id: 1, data: { text1: 'x', text2: 'y' }, annotations: [] }]);
    await expect(read(texts)).rejects.toThrowError(/do not name the two items/);
  });

  it('takes the number of a question for its prompt, and tells its turns apart when told to', async () => {
    const row = (question: number, turn: number) => ({
      question_id: question,
      turn,
      model_a: 'A',
      model_b: 'B',
      winner: 'model_a',
    });
    const text = lines(row(81, 1), row(81, 2), row(82, 1));
    expect(group((await read(text)).table, 'prompt')).toEqual(['81', '81', '82']);
    expect((await read(text)).table.groups.answers).toBeUndefined();
    const csv =
      'question_id,turn,model_a,model_b,winner\n81,1,A,B,tie\n81,2,A,B,tie\n82,1,A,B,tie\n';
    for (const votes of [text, csv]) {
      const { groups } = (await read(votes, { turns: true })).table;
      expect([...groups.answers!.ids.subarray(0, 3)]).toEqual([0, 1, 2]);
    }
  });

  it('gives items their new names before anything else', async () => {
    const rename = new Map([
      ['gpt4', 'GPT-4'],
      ['GPT-4', 'x'],
    ]);
    const csv = 'left,right,winner\ngpt4,b,gpt4\n';
    expect(await rowsIn(csv, { rename })).toEqual(['GPT-4 left b']);
    expect(
      await rowsIn(lines({ left: 'b', right: 'gpt4', winner: 'GPT-4' }), {
        rename: new Map([['gpt4', 'GPT-4']]),
      }),
    ).toEqual(['b right GPT-4']);
    expect(await rowsIn('["gpt4","b"]\n', { rename })).toEqual(['GPT-4 left b']);
    await expect(
      read('left,right,winner\ngpt4,b,left\n', { rename: new Map([['gpt4', 'b']]) }),
    ).rejects.toThrowError(/with itself/);
  });

  it('reads a list in one line however long it is', async () => {
    const row = `{"left":"a","right":"b","verdict":"tie","text":"${'x'.repeat(1_000_000)}"}`;
    const list = Readable.from(
      (function* () {
        yield Buffer.from('[');
        for (let k = 0; k < 80; k++) yield Buffer.from(`${k > 0 ? ',' : ''}${row}`);
        yield Buffer.from(']');
      })(),
    );
    const { table } = await readComparisons([{ name: 'list', stream: list }]);
    expect(table.rows).toBe(80);
  });

  it('reads rankings from a list too, and a list of names as one ranking', async () => {
    expect(await rowsIn('[\n["a", "b"],\n["b", "a"]\n]')).toEqual(['a left b', 'a right b']);
    expect(await rowsIn('["a","b"]\n["b","a"]\n')).toEqual(['a left b', 'a right b']);
  });

  it('lets a comparison beside rankings be an observation of its own', async () => {
    const text = lines({ ranking: ['a', 'b', 'c'] });
    const { table } = await read(text);
    expect(table.groups.ranking).toMatchObject({ count: 1 });
  });
});
