import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { hasSharedData, sharedDataPath } from '../../../test/support/shared-data.ts';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { tallyPanel } from '../tally-panel.ts';
import { readComparisons } from './index.ts';

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

const LINE = {
  prompt: 'p1',
  round: 1,
  judge: 'a',
  shown: ['b', 'a'],
  ranking: [['a'], ['b']],
  reasons: { a: 'short', b: 'long' },
  status: 'ok',
  asked: 1,
  masked: 0,
};

function study(...lines: readonly (object | string)[]): string {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  writeFileSync(join(folder, 'verdicts.jsonl'), `${text.join('\n')}\n`);
  return folder;
}

describe('verdict lines', () => {
  it('are tallied from their folder, or as a file', async () => {
    const path = study(LINE, { ...LINE, judge: 'b', ranking: ['a', 'b'] });
    for (const place of [path, join(path, 'verdicts.jsonl')]) {
      const { statistics, malformed } = await tallyPanel(place);
      expect(malformed.count).toBe(0);
      expect(statistics).toMatchObject({ rankings: 2, malformed: 0, prompts: 1, judges: 2 });
      expect(statistics.responders[0]).toMatchObject({ model: 'a', meanRank: 1 });
    }
  });

  it('that hold no ranking are counted, with file, line and why', async () => {
    const path = study(
      LINE,
      { ...LINE, judge: 'b', ranking: null, status: 'unparsed' },
      { ...LINE, judge: 'c', shown: undefined, ranking: null, status: 'error' },
      '{"prompt": "p1"',
      { ...LINE, judge: 'd', ranking: [['a']] },
      '',
      { ...LINE, judge: 'e', ranking: [[1, {}]] },
      { ...LINE, judge: 'f', round: -1 },
      { ...LINE, judge: '' },
      { ...LINE, prompt: null },
      '["a", "b"]',
      LINE,
    );
    const { statistics, malformed } = await tallyPanel(path);
    expect(statistics).toMatchObject({ rankings: 1, malformed: 10, judges: 4 });
    expect(malformed.count).toBe(10);
    const told = malformed.examples.map(({ line, problem }) => `${line} ${problem}`).toSorted();
    expect(told).toEqual(
      [
        '2 holds no ranking: its status is "unparsed"',
        '3 holds no ranking: its status is "error"',
        '4 is not JSON',
        '5 ranks 1 of 2 models',
        '7 ranking is "[[1,{}]]", not a list of names',
        '8 round is "-1", not a number from 0',
        '9 judge is "", not a name',
        '10 prompt is "null", not a name',
        '11 is not a JSON object: "["a","b"]"',
        '12 is the second ranking of its judge on this prompt and round',
      ].toSorted(),
    );
    expect(malformed.examples.every(({ file }) => file.endsWith('verdicts.jsonl'))).toBe(true);
  });

  it('that hold no ranking are counted by what reads comparisons, first line or not', async () => {
    const none = { ...LINE, ranking: null, status: 'unparsed' };
    const path = join(study(none, LINE, none, { ...LINE, status: 'error' }), 'verdicts.jsonl');
    const { table, files, withoutRanking, rowsWithoutSides } = await readComparisons([path]);
    expect(files[0]!.form).toBe('rankings');
    expect([table.rows, withoutRanking, rowsWithoutSides]).toEqual([1, 3, 0]);
  });

  it('of other rounds are about other answers', async () => {
    const path = study(LINE, { ...LINE, round: 2 });
    const { table } = await readComparisons([join(path, 'verdicts.jsonl')]);
    expect(table.groups.answers!.count).toBe(2);
    expect(table.groups.prompt!.count).toBe(1);
  });
});

const LOG = `INFO:Running the pump for the following providers: x, y

x
_

an answer

y
_

another
Final preference results:

x
_

1. Response 2 (y)
2. Response 1 (x)

y
_

1. Response 1 (x)
`;

describe('logs of parallellm-pump', () => {
  it('are read from a folder, from its rounds, or one round of it, packed or not', async () => {
    for (const round of ['round_0', 'round_11']) {
      mkdirSync(join(folder, 'x_vs_y', round), { recursive: true });
      writeFileSync(join(folder, 'x_vs_y', round, 'prompt01.log'), LOG);
    }
    writeFileSync(join(folder, 'x_vs_y', 'round_11', 'prompt02.log.gz'), gzipSync(LOG));
    const all = await tallyPanel(join(folder, 'x_vs_y'));
    // A judge that gave no ranking is one all the same, as in lines of verdicts.
    expect(all.statistics).toMatchObject({ rankings: 3, malformed: 3, prompts: 2, judges: 2 });
    expect(all.statistics.firsts.map(({ prompt, round }) => [prompt, round])).toEqual([
      ['prompt01', 0],
      ['prompt01', 11],
      ['prompt02', 11],
    ]);
    expect(all.malformed.examples[0]).toMatchObject({ line: 20, problem: 'ranks 1 of 2 answers' });
    const one = await tallyPanel(join(folder, 'x_vs_y', 'round_11'));
    expect(one.statistics).toMatchObject({ rankings: 2, prompts: 2 });
    expect(one.statistics.firsts[0]).toMatchObject({ round: 11 });
  });

  it('that are none are malformed', async () => {
    writeFileSync(join(folder, 'prompt01.log'), 'nothing\n');
    const { statistics, malformed } = await tallyPanel(folder);
    expect(statistics).toMatchObject({ rankings: 0, malformed: 1, responders: [] });
    expect(malformed.examples[0]).toMatchObject({ line: 1 });
  });
});

it('refuses a folder without verdicts, and what is not there', async () => {
  const refusal = (path: string) => tallyPanel(path).catch((error) => error);
  expect(await refusal(folder)).toMatchObject({ code: 'bad_input' });
  expect(await refusal(join(folder, 'nothing'))).toMatchObject({ code: 'file_missing' });
});

const FOUR = 'pump/responses/chatgpt_vs_claude_vs_deepseek_vs_gemini';
const TWO = 'pump/responses/chatgpt_vs_claude';

describe.skipIf(!hasSharedData(FOUR, TWO))('the published study of parallellm-pump', () => {
  it('comes out to the digit', async () => {
    const { statistics } = await tallyPanel(sharedDataPath(FOUR));
    expect(statistics).toMatchObject({
      rankings: 400,
      malformed: 0,
      prompts: 10,
      judges: 4,
      unit: 'prompt',
      clusters: 10,
    });
    const near = (value: number, digits = 10) => expect.closeTo(value, digits);
    expect(statistics.responders).toMatchObject([
      { model: 'chatgpt', meanRank: near(1.9225), top1: near(43), top2: near(72.25) },
      { model: 'deepseek', meanRank: near(2.005), top1: near(32), top2: near(75.5) },
      { model: 'gemini', meanRank: near(2.92), top1: near(16.5), top2: near(32.75) },
      { model: 'claude', meanRank: near(3.1525), top1: near(8.5), top2: near(19.5) },
    ]);
    expect(statistics.responders.every(({ low, high }) => low !== null && high !== null)).toBe(
      true,
    );
    const matrix = Object.entries(statistics.matrix).map(([judge, row]) => [
      judge,
      ...['chatgpt', 'claude', 'deepseek', 'gemini'].map((model) => row[model]!.toFixed(2)),
    ]);
    expect(matrix).toEqual([
      ['chatgpt', '1.51', '3.09', '2.19', '3.21'],
      ['claude', '2.64', '3.27', '1.72', '2.37'],
      ['deepseek', '1.33', '3.17', '1.92', '3.58'],
      ['gemini', '2.21', '3.08', '2.19', '2.52'],
    ]);
    expect(statistics.firsts).toHaveLength(100);
    expect(statistics.agreement.nullW).toBeCloseTo(0.25, 12);
    // Everybody saw the same order, always.
    expect(statistics.flips).toMatchObject({ pairs: 0, mcnemar: null });
    expect(statistics.positions).toHaveLength(4);
  });

  it('is read without rounds too', async () => {
    const { statistics } = await tallyPanel(sharedDataPath(TWO));
    expect(statistics).toMatchObject({ rankings: 20, malformed: 0, prompts: 10, judges: 2 });
  });
});
