import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { syntheticComparisons } from '../../test/support/synthetic-comparisons.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { bootstrapJob, bootstrapRounds, prepareRanking } from '../ranking/index.ts';
import type { Comparison } from '../ranking/table/comparison.ts';
import { ComparisonTableBuilder } from '../ranking/table/comparison-table-builder.ts';
import { runBootstrap } from './bootstrap/bootstrap-threads.ts';
import { shareColumns } from './bootstrap/share-columns.ts';
import { type RankProgress, rankTable, readTable } from './index.ts';
import { shortNames } from './tables/file-column.ts';
import { conditionsHold } from './tables/row-conditions.ts';

function tableOf(comparisons: readonly Comparison[]) {
  const builder = new ComparisonTableBuilder();
  const codes = { left: 0, right: 1, tie: 2, both_bad: 3 };
  for (const { left, right, verdict, judge } of comparisons) {
    const row = builder.add(builder.item(left), builder.item(right), codes[verdict]);
    if (judge !== undefined) builder.setGroup('judge', row, judge);
  }
  return builder.finish();
}

const world = syntheticComparisons({
  logStrengths: [0.6, 0.3, 0, -0.3, -0.6],
  rows: 1500,
  seed: 5,
  ties: 0.1,
  judges: { count: 40, sd: 0.2 },
});

function jobOf(cluster: string, rounds = 60) {
  const prepared = prepareRanking(world, { intervals: 'bootstrap', cluster, rounds, seed: 3 });
  return bootstrapJob(prepared.data, prepared.fit, prepared.options);
}

describe('the bootstrap in threads', () => {
  it.each(['comparison', 'judge'])(
    'by %s gives what one thread gives, bit by bit',
    async (unit) => {
      const job = jobOf(unit);
      const expected = bootstrapRounds(job, 0, 60);
      for (const threads of [1, 2, 5]) {
        const found = await runBootstrap(job, { threads });
        expect(found.values).toEqual(expected.values);
        expect(found.degenerateRounds).toBe(expected.degenerateRounds);
      }
    },
  );

  it('tells how many rounds are done, up to all of them', async () => {
    const told: number[] = [];
    await runBootstrap(jobOf('judge'), { threads: 2, onProgress: (done) => told.push(done) });
    expect(told.at(-1)).toBe(60);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.length).toBeGreaterThan(2);
  });

  it('ends when it is interrupted', async () => {
    const control = new AbortController();
    const running = runBootstrap(jobOf('judge', 100_000), { threads: 2, signal: control.signal });
    control.abort();
    await expect(running).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('shares large columns and copies small ones', () => {
    const value = { large: new Float64Array(20_000).fill(2), small: new Uint8Array([1]), n: null };
    const shared = shareColumns(value);
    expect(shared).toEqual(value);
    expect(shared.large.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(shared.small.buffer).toBeInstanceOf(ArrayBuffer);
  });
});

describe('ranking a table', () => {
  it('by groups and methods gives a leaderboard for each, with their correlations', async () => {
    const half = world.map((one, at) => ({ ...one, judge: at % 2 === 0 ? 'x' : 'y' }));
    const seen: RankProgress[] = [];
    const { leaderboards, refusals } = await rankTable(tableOf(half), {
      methods: ['bradley-terry', 'counting'],
      options: { intervals: 'bootstrap', rounds: 20, cluster: 'comparison' },
      by: 'judge',
      onProgress: (progress) => seen.push(progress),
    });
    expect(refusals).toEqual([]);
    expect(leaderboards.map(({ method, by }) => [method, by!.group])).toEqual([
      ['bradley-terry', 'x'],
      ['counting', 'x'],
      ['bradley-terry', 'y'],
      ['counting', 'y'],
    ]);
    const pairs = leaderboards[0]!.correlations.map(({ method, group }) => [method, group]);
    expect(pairs).toEqual([
      ['counting', 'x'],
      ['bradley-terry', 'y'],
    ]);
    expect(seen.at(-1)).toMatchObject({ method: 'counting', group: 'y', done: 20, rounds: 20 });
  });

  it('throws the refusal when no group can be ranked', async () => {
    const request = { methods: ['bradley-terry'] as const, options: {}, by: 'judge' };
    const rows: Comparison[] = [{ left: 'a', right: 'b', verdict: 'left', judge: 'x' }];
    await expect(rankTable(tableOf(rows), request)).rejects.toMatchObject({
      code: 'not_comparable',
    });
    await expect(rankTable(tableOf(rows), { ...request, by: 'judg' })).rejects.toMatchObject({
      hint: 'Did you mean judge?',
    });
  });

  it('gives differences in points of the rating', async () => {
    const { leaderboards } = await rankTable(tableOf(world), {
      methods: ['bradley-terry'],
      options: {},
      findings: { against: 'm4', differences: true, plan: true },
    });
    const [board] = leaderboards;
    const rating = (name: string) => board!.items.find(({ item }) => item === name)!.rating!;
    for (const { item, difference, low, high } of board!.against!) {
      expect(difference).toBeCloseTo(rating(item) - rating('m4'), 6);
      expect(low).toBeLessThan(high);
    }
    expect(board!.plan!.difference).toBeCloseTo(
      board!.items[0]!.rating! - board!.items[1]!.rating!,
    );
  });
});

describe('reading a table', () => {
  it('names files shortly where that tells them apart', () => {
    expect(shortNames(['/x/people.csv', 'y/gpt-4.jsonl.gz'])).toEqual(['people', 'gpt-4']);
    expect(shortNames(['/x/a.csv', '/y/a.csv', 'b.tsv'])).toEqual(['/x/a.csv', '/y/a.csv', 'b']);
  });

  it('takes several values of one column as alternatives, and every exclusion', () => {
    const row = new Map([['type', 'chat']]);
    const holds = (...conditions: [string, string, boolean][]) =>
      conditionsHold(
        conditions.map(([column, value, negated]) => ({ column, value, negated })),
        (column) => row.get(column),
      );
    expect(holds(['type', 'code', false], ['type', 'chat', false])).toBe(true);
    expect(holds(['type', 'code', false])).toBe(false);
    expect(holds(['type', 'code', true], ['type', 'chat', true])).toBe(false);
    expect(holds(['lang', 'en', false])).toBe(false);
    expect(holds(['lang', 'en', true])).toBe(true);
  });

  it('counts what each step removes, and both-bad verdicts', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'v.csv');
    const rows = ['a,b,left,x', 'a,b,left,x', 'b,a,tie (bothbad),y', 'b,a,left,y', 'a,b,left,z'];
    writeFileSync(path, `left,right,winner,judge\n${rows.join('\n')}\n`);
    const { table, report } = await readTable({
      files: [path],
      where: [{ column: 'judge', value: 'z', negated: true }],
      drop: ['duplicates'],
      caps: [{ columns: ['judge'], most: 5 }],
    });
    expect(report.steps.map(({ step, removedRows }) => [step, removedRows])).toEqual([
      ['where judge!=z', 1],
      ['duplicates', 1],
      ['cap judge=5', 0],
    ]);
    expect([table.rows, report.comparisons, report.bothBad]).toEqual([3, 3, 1]);
  });

  it('drops leaks by a list of words of the user', async () => {
    const folder = temporaryFolder();
    const words = join(folder, 'words.txt');
    const path = join(folder, 'v.jsonl');
    writeFileSync(words, 'zebra\n');
    const row = (text: string) => ({ left: 'a', right: 'b', verdict: 'left', left_text: text });
    const lines = [row('I am Zebra.'), row('I am GPT-4.')].map((one) => JSON.stringify(one));
    writeFileSync(path, `${lines.join('\n')}\n`);
    const own = await readTable({ files: [path], drop: ['leaks'], leakWordsFile: words });
    const usual = await readTable({ files: [path], drop: ['leaks'] });
    expect([own.report.steps[0], usual.report.steps[0]]).toMatchObject([
      { step: 'leaks', removedRows: 1 },
      { step: 'leaks', removedRows: 1 },
    ]);
  });
});
