import { describe, expect, it } from 'vitest';
import { createFakeCli, runWords } from '../../../../test/support/fake-cli.ts';
import type { ResultComparison } from '../../../experiment/diff/comparison.ts';
import { command } from './index.ts';

const SIDE = { rows: 3, withoutId: 0, repeated: 0, unreadable: 0, only: 0, onlyIds: [] };
const NONE = { broken: 0, mended: 0, error: 0, answer: 0 };

const COMPARISON: ResultComparison = {
  a: { ...SIDE, only: 1, onlyIds: ['x\u001b[2J'], withoutId: 1 },
  b: { ...SIDE, unreadable: 2 },
  compared: 2,
  same: 1,
  different: { ...NONE, broken: 1 },
  cost: { aUsd: 0.5, bUsd: 0.25, known: 1, unknown: 1 },
  scores: [
    { name: 'match', rows: 2, aMean: 0.5, bMean: 1, higher: 1, lower: 0 },
    { name: 'level', rows: 2, aMean: 3, bMean: 3, higher: 0, lower: 0 },
  ],
  leavesScoresOut: false,
  models: [
    { a: 'm/1', b: 'm/1', rows: 1, same: 1, different: NONE },
    { a: 'm/2', b: 'm/3', rows: 1, same: 0, different: { ...NONE, broken: 1 } },
  ],
  differences: [
    {
      kind: 'broken',
      id: 7,
      a: { model: 'm/2', error: null, response: ['one', 'two\nlines'] },
      b: { model: 'm/3', error: 'timeout', response: null },
    },
  ],
};

function cli(comparison: ResultComparison = COMPARISON) {
  const asked: unknown[] = [];
  const fake = createFakeCli({
    engine: {
      diffResults: async (request) => {
        asked.push(request);
        return comparison;
      },
      missingRows: async (request) => {
        asked.push(request);
        return { rows: 3, missing: 2, failed: 1, unreadable: 0 };
      },
    },
  });
  return { ...fake, asked };
}

describe('tutti diff', () => {
  it('shows counts, costs, numbers, models and differences', async () => {
    const { context, stdout, asked } = cli();
    expect(await runWords(command, ['one', 'two', '--id', 'key', '--show', '3'], context)).toBe(0);
    expect(asked).toEqual([{ a: 'one', b: 'two', idKey: 'key', most: 3 }]);
    expect(stdout.text).toMatchInlineSnapshot(`
      "A  one: 3 rows; 1 in A alone (x\\x1b[2J); 1 without the key
      B  two: 3 rows; 2 lines not readable
      2 rows compared: 1 the same, 1 answered in A only, 0 answered in B only, 0 other error, 0 other answer
      cost: A $0.5000, B $0.2500 (of 1 row; 1 not known)

       number  rows  A mean  B mean  B - A  higher in B  lower
       match      2     0.5       1   +0.5            1      0
      the same in every row: level

       model in A  in B  rows  same  answered in A only  answered in B only  other error  other answer
       m/1                  1     1                   0                   0            0             0
       m/2         m/3      1     0                   1                   0            0             0

      answered in A only  id 7  m/2  m/3
        A  ["one","two\\nlines"]
        B  [timeout]
      "
    `);
  });

  it('prints the comparison for programs', async () => {
    const { context, stdout } = cli();
    await runWords(command, ['one', 'two', '--json'], context);
    expect(JSON.parse(stdout.text)).toEqual(COMPARISON);
  });

  it('says where nothing was found in both', async () => {
    const { context, stderr } = cli({ ...COMPARISON, compared: 0 });
    await runWords(command, ['one', 'two'], context);
    expect(stderr.text).toContain(
      'No row of A was found in B by id; --id names another key, such as --id prompt.',
    );
  });

  it('writes what is missing into a file that must be named', async () => {
    const { context, stderr, asked } = cli();
    const words = ['in.jsonl', 'out', '--missing', '-o', 'new.jsonl'];
    expect(await runWords(command, words, context)).toBe(0);
    expect(asked).toEqual([{ input: 'in.jsonl', results: 'out', out: 'new.jsonl' }]);
    expect(stderr.text).toBe('2 of 3 rows have no answer (1 failed): new.jsonl\n');
    for (const wrong of [
      ['a', 'b', '--missing'],
      ['a', 'b', '-o', 'c'],
    ]) {
      await expect(runWords(command, wrong, context)).rejects.toMatchObject({ code: 'bad_usage' });
    }
  });
});
