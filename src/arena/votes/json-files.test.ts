import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  groupNames as group,
  PLAIN,
  readVotes as read,
  rowsOf,
} from '../../../test/support/votes.ts';
import { readComparisons } from './index.ts';

describe('readComparisons on JSON lines', () => {
  it("reads tutti's own records with all they can carry", async () => {
    const record = {
      left: 'a',
      right: 'b',
      verdict: 'both_bad',
      prompt: 'p',
      judge: 'j',
      category: 'c',
      weight: 0.5,
      features: { length: -0.25 },
    };
    const { table, files } = await read(`${JSON.stringify(record)}\n\n`);
    expect(files[0]).toMatchObject({ form: 'tutti', container: 'jsonl' });
    expect(rowsOf(table)).toEqual(['a both_bad b']);
    expect(table.features.length![0]).toBe(-0.25);
    expect(table.weight![0]).toBe(0.5);
    expect([group(table, 'prompt'), group(table, 'judge'), group(table, 'category')]).toEqual([
      ['p'],
      ['j'],
      ['c'],
    ]);
  });

  it("finds the counts of style in arena's metadata", async () => {
    const row = {
      model_a: 'a',
      model_b: 'b',
      winner: 'model_b',
      conv_metadata: {
        sum_assistant_a_tokens: 30,
        sum_assistant_b_tokens: 10,
        header_count_a: { h1: 1, h2: 2 },
        header_count_b: { h1: 1, h2: 0 },
      },
    };
    const { table } = await read(JSON.stringify(row), { features: ['length', 'headings'] });
    expect([table.features.length![0], table.features.headings![0]]).toEqual([0.5, 0.5]);
  });

  it('reads both games of arena-hard, strong labels with weight 3, and drops lines with a null game', async () => {
    const line = (uid: string, first: unknown, second: unknown) =>
      JSON.stringify({
        uid,
        model: 'm',
        baseline: 'base',
        judge: 'j',
        category: 'hard',
        games: [{ score: first }, { score: second }],
      });
    const text = [
      line('q1', 'A>>B', 'B>A'),
      line('q2', 'A=B', 'a<<b'),
      line('q3', null, 'A>B'),
      JSON.stringify({
        uid: 'q4',
        model: 'm',
        baseline: 'base',
        games: [null, { score: 'A>B' }],
        judge: 'j',
      }),
    ].join('\n');
    const { table, files, nullGames } = await read(text);
    expect(files[0]!.form).toBe('arena-hard');
    expect(rowsOf(table)).toEqual(['base left m', 'm right base', 'base tie m', 'm right base']);
    expect(Array.from(table.weight!.subarray(0, 4))).toEqual([3, 1, 1, 3]);
    expect(group(table, 'prompt')).toEqual(['q1', 'q1', 'q2', 'q2']);
    expect(nullGames).toBe(2);
    const flat = await read(text, { strongWeight: 1 });
    expect(flat.table.weight).toBeNull();
    await expect(read(line('q', 'A>>>B', 'A>B'))).rejects.toThrowError(
      /label of game 1 is "A>>>B"/,
    );
  });

  it('takes rankings apart into pairs, tied items included, without inventing sides', async () => {
    const text =
      '{"ranking":["c",["b","a"]],"judge":"j"}\n{"ranking":["a","b","c"],"judge":"k","shown":["c","b","a"]}\n';
    const { table, files, rowsWithoutSides } = await read(text);
    expect(files[0]).toMatchObject({ form: 'rankings', rows: 6 });
    expect(rowsWithoutSides).toBe(3);
    expect(rowsOf(table).sort()).toEqual([
      'a right c',
      'a tie b',
      'b right a',
      'b right c',
      'c right a',
      'c right b',
    ]);
    expect(table.groups.ranking!.count).toBe(2);
    await expect(read('["a","b","a"]\n')).rejects.toThrowError(/holds "a" twice/);
  });

  it("leaves out answers that give their model away, but not the user's own words", async () => {
    const row = (user: string, answer: string) =>
      JSON.stringify({
        model_a: 'a',
        model_b: 'b',
        winner: 'tie',
        conversation_a: [
          { role: 'user', content: user },
          { role: 'assistant', content: answer },
        ],
        conversation_b: [],
      });
    const text = [
      row('Who made Google?', 'Two students.'),
      row('Who are you?', 'I am Claude.'),
      row('x', 'Declaude the palmtree.'),
    ].join('\n');
    const found = await read(text, { leakWords: ['claude', 'palm', 'google'] });
    expect([found.leaks, found.table.rows]).toEqual([1, 2]);
    await expect(read(PLAIN, { leakWords: ['x'] })).rejects.toThrowError(/holds no answers/);
  });
});

describe('a Parquet file of comparisons', () => {
  it('is read as its rows in JSON lines', async () => {
    const path = join(import.meta.dirname, '../../../test/parquet/fixtures/votes.parquet');
    const { table, files } = await readComparisons([path]);
    expect(rowsOf(table)).toEqual(['a left b', 'b left a', 'a tie b']);
    expect(files[0]).toMatchObject({ form: 'left-right-winner', container: 'jsonl' });
  });
});
