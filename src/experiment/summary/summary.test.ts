import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { runFolder } from '../../store/index.ts';
import {
  type Aggregates,
  type RowValue,
  rowFacts,
  SummaryCollector,
  type SummaryOptions,
} from './index.ts';
import { readSummary, writeSummary } from './summary-file.ts';

type Row = readonly [
  model: string,
  unit: string | null,
  values: readonly RowValue[],
  group?: string,
];

function summaryOf(rows: readonly Row[], options: SummaryOptions = {}, key = 'match') {
  const collector = new SummaryCollector();
  for (const [model, unit, values, group = null] of rows) {
    collector.add({ model, unit, group, values: new Map([[key, values]]) });
  }
  return collector.aggregates(options);
}

it('gives a share with its interval, rows that are missing counted', () => {
  const rows: Row[] = [
    ['a/1', 'p', [true]],
    ['a/1', 'q', [false]],
    ['a/1', 'r', [null]],
    ['a/1', 's', []],
  ];
  expect(summaryOf(rows)).toEqual({
    scores: [
      {
        ...{ key: 'match', model: 'a/1', group: null, rows: 4, missing: 2, units: 2, mean: 0.5 },
        ...{ low: expect.closeTo(0.0945, 4), high: expect.closeTo(0.9055, 4), method: 'wilson' },
      },
    ],
    pairs: [],
    sensitivity: [],
  });
});

it('takes no values for shares of which another model has some that are neither 0 nor 1', () => {
  const rows: Row[] = [
    ['a/1', 'p', [1]],
    ['a/1', 'q', [0]],
    ['b/1', 'p', [0.4]],
  ];
  const { scores } = summaryOf(rows);
  expect(scores.map(({ model, method }) => [model, method])).toEqual([
    ['a/1', 't'],
    ['b/1', 't'],
  ]);
});

it('takes the mean of units, so that a prompt in many wordings counts once', () => {
  const rows: Row[] = [
    ...Array.from({ length: 6 }, (): Row => ['a/1', 'p', [1]]),
    ['a/1', 'q', [0]],
  ];
  const { scores, sensitivity } = summaryOf(rows);
  expect(scores[0]).toMatchObject({ rows: 7, units: 2, mean: 0.5, method: 't' });
  expect(sensitivity).toEqual([
    { key: 'match', model: 'a/1', originals: 1, meanRange: 0, meanSd: 0, flipShare: 0 },
  ]);
});

it('tells how far wordings of one prompt lie apart', () => {
  const rows: Row[] = [
    ['a/1', 'p', [1]],
    ['a/1', 'p', [0]],
    ['a/1', 'p', [0]],
    ['a/1', 'q', [1]],
    ['a/1', 'q', [1]],
    ['a/1', 'r', [0]],
  ];
  const [binary] = summaryOf(rows).sensitivity;
  expect(binary).toMatchObject({ originals: 2, meanRange: 0.5, flipShare: 0.5 });
  expect(binary!.meanSd).toBeCloseTo(Math.sqrt(1 / 3) / 2, 12);
  const graded = summaryOf([...rows, ['a/1', 'r', [0.25]]]).sensitivity[0];
  expect(graded).toMatchObject({ originals: 3, flipShare: null });
  expect(graded!.meanRange).toBeCloseTo(1.25 / 3, 12);
});

it('counts samples of a row as values of its unit, not as rows', () => {
  const { scores, sensitivity } = summaryOf([
    ['a/1', 'p', [true, false, true, null]],
    ['a/1', 'q', [false]],
  ]);
  expect(scores[0]).toMatchObject({ rows: 2, missing: 0, units: 2, method: 't' });
  expect(scores[0]!.mean).toBeCloseTo(1 / 3, 12);
  expect(sensitivity).toEqual([]);
});

it('compares models on the units that both have answered', () => {
  const rows: Row[] = [];
  for (let unit = 0; unit < 20; unit++) {
    rows.push(['a/1', `${unit}`, [unit < 15]]);
    if (unit > 1) rows.push(['b/2', `${unit}`, [unit < 8]]);
  }
  rows.push(['b/2', 'other', [true]], ['a/1', '7', [null]]);
  const { pairs } = summaryOf(rows);
  expect(pairs).toEqual([
    {
      ...{ key: 'match', a: 'a/1', b: 'b/2', units: 18, method: 'mcnemar-mid-p' },
      ...{
        difference: expect.closeTo(7 / 18, 12),
        low: expect.any(Number),
        high: expect.any(Number),
      },
      // Seven units in which only one is right: 2 / 2^7 less 1 / 2^7.
      ...{ p: expect.closeTo(1 / 128, 12), pHolm: expect.closeTo(1 / 128, 12) },
    },
  ]);
});

it('adjusts all pairs of a key together, and those alone that are asked for', () => {
  const rows: Row[] = ['a', 'b', 'c'].flatMap((model, at) =>
    Array.from({ length: 12 }, (_, unit): Row => [model, `${unit}`, [unit < 4 * at]]),
  );
  const { pairs } = summaryOf(rows);
  expect(pairs.map(({ a, b }) => `${a} ${b}`)).toEqual(['a b', 'a c', 'b c']);
  expect(pairs[1]!.pHolm).toBeCloseTo(3 * pairs[1]!.p!, 12);
  const some = summaryOf(rows, { compare: [['c', 'a']] }).pairs;
  expect(some).toHaveLength(1);
  expect(some[0]).toMatchObject({ a: 'c', b: 'a', difference: 8 / 12, p: some[0]!.pHolm });
});

it('gives groups beside the whole, and judges and templates apart', () => {
  const { scores } = summaryOf([
    ['a/1', 'p', [1], 'x'],
    ['a/1', 'q', [0], 'y'],
    ['a/1', 'r', [0]],
  ]);
  expect(scores.map(({ group, rows }) => [group, rows])).toEqual([
    [null, 3],
    ['x', 1],
    ['y', 1],
  ]);
  const collector = new SummaryCollector();
  for (const judge of ['j', 'k']) {
    for (const model of ['a', 'b']) {
      const facts = { model, group: null, unit: 'p', judge, template: 't' };
      collector.add({ ...facts, values: new Map([['verdict', [4]]]) });
    }
  }
  const judged = collector.aggregates();
  expect(judged.scores.map(({ model, judge }) => `${judge} ${model}`)).toEqual([
    'j a',
    'j b',
    'k a',
    'k b',
  ]);
  expect(judged.pairs.map(({ judge, template }) => [judge, template])).toEqual([
    ['j', 't'],
    ['k', 't'],
  ]);
});

it('takes rows without a unit one by one, and leaves labels out', () => {
  expect(
    summaryOf([
      ['a', null, [1]],
      ['a', null, [0]],
    ]).scores[0],
  ).toMatchObject({ units: 2 });
  expect(summaryOf([['a', 'p', ['positive']]]).scores).toEqual([]);
});

it('reads whose a row is, and what was asked', () => {
  const row = { api: 'openai', model_name: 'm', prompt: ['x', 'y'], group: 'g' };
  expect(rowFacts(row, undefined)).toEqual({ model: 'openai/m', group: 'g', unit: '["x","y"]' });
  // Beside "api" and "model_name", "model" is only carried along.
  expect(rowFacts({ ...row, model: 'a/1', 'input-id': 7 }, undefined)).toMatchObject({
    model: 'openai/m',
    unit: '7',
  });
  expect(rowFacts({ model: 'a/1' }, undefined).model).toBe('a/1');
  expect(rowFacts({ ...row, q: 'k' }, 'q').unit).toBe('"k"');
  expect(rowFacts({ ...row, group: '' }, 'q')).toMatchObject({ group: null, unit: null });
});

it('keeps a million units in less than 100 bytes each', () => {
  const collector = new SummaryCollector();
  const before = process.memoryUsage().arrayBuffers;
  for (let unit = 0; unit < 200_000; unit++) {
    const facts = { model: 'a', group: null, unit: `"prompt number ${unit}"` };
    collector.add({ ...facts, values: new Map([['match', [unit % 2]]]) });
  }
  expect(collector.aggregates().scores[0]).toMatchObject({ units: 200_000, mean: 0.5 });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200_000 * 100);
});

it('has for units of many groups no more room than for those of one', () => {
  const collector = new SummaryCollector();
  const before = process.memoryUsage().arrayBuffers;
  for (let unit = 0; unit < 20_000; unit++) {
    const facts = { model: 'a', group: `${unit % 200}`, unit: `"prompt number ${unit}"` };
    collector.add({ ...facts, values: new Map([['match', [unit % 2]]]) });
  }
  const { scores } = collector.aggregates();
  expect(scores).toHaveLength(201);
  expect(scores[1]).toMatchObject({ group: '0', units: 100, mean: 0 });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000 * 200);
});

it('writes summary.json, and keeps in it what it says of other keys', async () => {
  const folder = runFolder(temporaryFolder());
  const first = summaryOf(
    [
      ['a', 'p', [1]],
      ['b', 'p', [0]],
    ],
    {},
    'match',
  );
  await writeSummary(folder, first, ['match']);
  const all = await writeSummary(folder, summaryOf([['a', 'p', [0.5]]], {}, 'bleu'), ['bleu']);
  expect(all.scores.map(({ key }) => key)).toEqual(['match', 'match', 'bleu']);
  await writeSummary(folder, summaryOf([['a', 'p', [0]]], {}, 'match'), ['match']);
  const text = readFileSync(join(folder.path, 'summary.json'), 'utf8');
  const { aggregates } = JSON.parse(text) as { readonly aggregates: Aggregates };
  expect(aggregates.scores.map(({ key, mean }) => [key, mean])).toEqual([
    ['bleu', 0.5],
    ['match', 0],
  ]);
  expect(aggregates.pairs).toEqual([]);
});

it('keeps nothing of keys that have labels now, nor of shares of other labels', async () => {
  const folder = runFolder(temporaryFolder());
  await writeSummary(folder, summaryOf([['a', 'p', [1]]], {}, 'verdict:good'), ['verdict']);
  await writeSummary(folder, summaryOf([['a', 'p', [1]]], {}, 'mine'), ['mine']);
  const labels = await writeSummary(folder, summaryOf([['a', 'p', ['x']]], {}, 'mine'), ['mine']);
  expect(labels.scores.map(({ key }) => key)).toEqual(['verdict:good']);
  const verdicts = await writeSummary(folder, summaryOf([['a', 'p', [1]]], {}, 'verdict'), [
    'verdict',
  ]);
  expect(verdicts.scores.map(({ key }) => key)).toEqual(['verdict']);
});

it('writes through no link, and over what is no summary', async () => {
  const folder = runFolder(temporaryFolder());
  const mine = join(temporaryFolder(), 'mine.json');
  writeFileSync(mine, '{"mine": 1}');
  symlinkSync(mine, join(folder.path, 'summary.json'));
  await writeSummary(folder, summaryOf([['a', 'p', [1]]]), ['match']);
  expect(readFileSync(mine, 'utf8')).toBe('{"mine": 1}');
  for (const text of ['no', '{"aggregates": {"scores": [null, 3], "pairs": 7}}', '[]']) {
    writeFileSync(join(folder.path, 'summary.json'), text);
    const all = await writeSummary(folder, summaryOf([['a', 'p', [1]]]), ['match']);
    expect(all.scores).toHaveLength(1);
  }
});

it('takes what somebody else wrote into summary.json for unknown where it is of another kind', async () => {
  const folder = runFolder(temporaryFolder());
  const scores = [{ key: 'verdict', mean: 'x', units: {}, model: ['y'] }];
  writeFileSync(join(folder.path, 'summary.json'), JSON.stringify({ aggregates: { scores } }));
  expect(await readSummary(folder)).toEqual({
    scores: [expect.objectContaining({ key: 'verdict', mean: null, units: 0, model: '' })],
    pairs: [],
    sensitivity: [],
  });
});
