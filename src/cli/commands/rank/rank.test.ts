import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFakeCli, type FakeCliOptions, runWords } from '../../../../test/support/fake-cli.ts';
import { FakeScreen } from '../../../../test/support/fake-terminal.ts';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { command } from './index.ts';

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
});

/** Writes a file of votes: a header and rows, with spaces for commas. */
function votes(name: string, ...lines: readonly string[]): string {
  const path = join(folder, name);
  const text = lines.map((line) => `${line.replaceAll(' ', ',')}\n`).join('');
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}

const HEADER = 'left right winner';
const LEAGUE = [
  HEADER,
  ...['a b left', 'a b left', 'b a left', 'b c right', 'c b right'],
  ...['b c tie', 'a c left', 'c a left'],
];

async function rank(words: readonly string[], options: FakeCliOptions = {}) {
  const cli = createFakeCli(options);
  const code = await runWords(command, words, cli.context);
  expect(cli.stdout.text + cli.stderr.text).not.toMatch(/NaN|\bundefined\b|Infinity/);
  return { code, out: cli.stdout.text, told: cli.stderr.text };
}

const refusal = (words: readonly string[]) => rank(words).catch((error) => error);

describe('tutti rank', () => {
  it('shows items, intervals as bars, what they rest on, and the form that was recognised', async () => {
    const { code, out, told } = await rank([votes('votes.csv', ...LEAGUE)]);
    expect(code).toBe(0);
    expect(told).toContain('form left-right-winner (csv), 8 comparisons');
    expect(out).toMatch(/bradley-terry; 8 comparisons of 3 items; converged in \d+ iterations/);
    expect(out).toMatch(/ 1 {2}1-3 +a .*\|-+o-+\|/);
    expect(out).toContain('independent: comparison (8 clusters)');
  });

  it('draws with box characters on a terminal only', async () => {
    const stdout = new FakeScreen({ isTerminal: true, size: { columns: 100, rows: 40 } });
    const { out } = await rank([votes('votes.csv', ...LEAGUE)], { stdout });
    expect(out).toMatch(/├─+●─+┤/);
  });

  it('takes few judges into account without being told, and names the way out', async () => {
    const six = ['gpt', 'claude'].flatMap((judge) => [
      ...Array(3).fill(`A B left ${judge}`),
      ...Array(2).fill(`A B right ${judge}`),
    ]);
    const words = [votes('votes.csv', `${HEADER} judge`, ...six), '--best', '1', '--plan'];
    const { code, out } = await rank([...words, '--differences']);
    expect(code).toBe(0);
    expect(out).toMatch(/ 1 {2}1-2 +A +1035 +902 +1169/);
    expect(out).toMatch(/Only 2 values of judge.*wider of two errors.*give --cluster comparison/);
    expect(out).toMatch(/if the true difference is the one seen, about \d+ more comparisons/);
    expect(out).toContain('0 of 1 pairs are separated');
    expect(out).toContain('what a flat prior makes of these errors');
    const alone = await rank([...words, '--cluster', 'comparison']);
    expect(alone.out).not.toContain('values of judge');
  });

  it('says of groups that never met that nothing is known of their order', async () => {
    const groups = ['A B left', 'A B left', 'B A left', 'C D left', 'D C left'];
    const words = [votes('votes.csv', HEADER, ...groups), '--prior', '0.5', '--differences'];
    const { out } = await rank(words);
    expect(out).toMatch(/2 groups of items never met \(A, B; C, D\)/);
    expect(out).toMatch(/never met +1\.000/);
    const [board] = JSON.parse((await rank([...words, '--json', '--quiet'])).out);
    const apart = board.differences.pairs.find(
      (one: { item: string; other: string }) => 'AB'.includes(one.item) && 'CD'.includes(one.other),
    );
    expect(apart).toMatchObject({ low: null, high: null, adjustedP: 1 });
  });

  it('ranks ordered lists by list, also by their own likelihood, and knows no sides of them', async () => {
    const path = join(folder, 'lists.jsonl');
    writeFileSync(path, '["a","b","c"]\n["b","a","c"]\n["c","a","b"]\n["a","c","b"]\n');
    const { out } = await rank([path, '-m', 'bradley-terry', '-m', 'plackett-luce']);
    expect(out).toMatch(/ 1 {2}1-3 +a +1127 +844 +1411/);
    expect(out).toMatch(/ 1 {2}1-3 +a +1136 /);
    expect(out).toContain('independent: ranking (4 clusters');
    expect((await refusal([path, '--side'])).message).toMatch(/which answer was shown first/);
  });

  it('reads standard input, and files that are packed', async () => {
    const text = LEAGUE.map((line) => `${line.replaceAll(' ', ',')}\n`).join('');
    const piped = await rank(['-', '--quiet'], { input: text });
    const packed = await rank([votes('votes.csv.gz', ...LEAGUE), '--quiet']);
    expect(packed.out).toBe(piped.out);
    expect(piped.told).toBe('');
  });

  it('prints JSON with an object for each method, alone on standard output', async () => {
    const words = ['-m', 'davidson', '-m', 'elo', '--json', '--matrix', '--best', '2'];
    const { out } = await rank([votes('votes.csv', ...LEAGUE), ...words]);
    const boards = JSON.parse(out);
    expect(boards.map((board: { method: string }) => board.method)).toEqual(['davidson', 'elo']);
    expect(Object.keys(boards[0]).slice(0, 5)).toEqual(['method', 'by', 'options', 'fit', 'items']);
    expect(boards[0].items[0]).toMatchObject({
      item: 'a',
      rank: 1,
      rankLow: 1,
      rankHigh: 3,
      comparisons: 5,
      wins: 3,
      losses: 2,
      ties: 0,
    });
    expect(boards[0].fit).toMatchObject({
      converged: true,
      unit: 'comparison',
      clusters: 8,
      ties: { name: 'nu' },
      seed: 1,
      version: expect.any(String),
    });
    expect(boards[0].matrix[0][1].low).toBeLessThan(boards[0].matrix[0][1].high);
    expect(boards[0].best[0].best).toBeGreaterThan(0);
    expect(boards[1].best).toBeUndefined();
    expect(boards[0].input.files[0].form).toBe('left-right-winner');
    expect(boards[0].neighbours).toHaveLength(2);
  });

  it('prints CSV, of items or of all pairs', async () => {
    const file = votes('votes.csv', HEADER, '=a b left', 'b =a left');
    const { out } = await rank([file, '--csv', '--quiet']);
    expect(out.split('\n')[0]).toBe(
      'item,score,rating,low,high,rank,rankLow,rankHigh,comparisons,wins,losses,ties,method',
    );
    expect(out).toContain("\n'=a,0.5,1000,");
    const pairs = await rank([file, '--csv', '--matrix', '--quiet']);
    expect(pairs.out).toContain("\n'=a,b,0.5,0,0.5,");
  });

  it('ranks each file apart, side by side, and says how the ranks correlate', async () => {
    const one = votes('people.csv', ...LEAGUE);
    const more = ['b a left', 'a b right', 'a b left', 'b c right', 'c b right'];
    const other = votes('machine.csv', HEADER, ...more);
    const { out } = await rank([one, other, '--by', 'file']);
    expect(out).toContain('bradley-terry, file people; 8 comparisons');
    expect(out).toMatch(/Ranks by file.*\n item +people +machine\n a +1 \( {2}1-3\) +3 /);
    expect(out).toMatch(/people +machine +3 +-?[\d.]+ +-?[\d.]+ +-?[\d.]+\n/);
  });

  it('names what cannot be ranked of several groups, and ends with 1', async () => {
    const one = votes('people.csv', ...LEAGUE);
    const { code, out } = await rank([one, votes('two.csv', HEADER, 'a b left'), '--by', 'file']);
    expect(code).toBe(1);
    expect(out).toContain('two: not ranked by bradley-terry: The comparisons fall into 2 groups');
  });

  it('says that methods have different scales and gives expected scores instead', async () => {
    const words = ['-m', 'bradley-terry', '-m', 'counting', '-m', 'elo', '--prior', '1'];
    const { out } = await rank([votes('votes.csv', ...LEAGUE), ...words]);
    expect(out).toContain('different scales: do not compare them');
    expect(out).toMatch(/expected score.*bradley-terry +elo/);
    expect(out).toContain('counting takes no prior: left out here.');
  });

  it('finds out what else was asked for', async () => {
    const words = ['--against', 'b', '--differences', '--matrix', '--plan', '--misfit', '--choose'];
    const { out } = await rank([votes('votes.csv', ...LEAGUE), ...words, '--fragility', '--side']);
    for (const text of [
      'Differences to b',
      'of 3 pairs are separated',
      'Expected score in percent',
      'a is ahead of ',
      'The first place hangs on',
      'Fit: p = ',
      'Held-out comparisons',
      'side: ',
    ]) {
      expect(out).toContain(text);
    }
  });

  it('gives the same bootstrap with any number of threads', async () => {
    const words = [votes('votes.csv', ...LEAGUE, ...LEAGUE.slice(1)), '--intervals', 'bootstrap'];
    const more = [...words, '--rounds', '50', '--seed', '7', '--prior', '1', '--csv'];
    const alone = await rank([...more, '--threads', '1']);
    const three = await rank([...more, '--threads', '3']);
    expect(three.out).toBe(alone.out);
    expect((await rank([...more, '--seed', '8'])).out).not.toBe(alone.out);
  });

  it('ends with 1 when too many rounds have no finite fit, and names the way out', async () => {
    const file = votes('few.csv', HEADER, 'a b left', 'b a left', 'a b left');
    const { code, out } = await rank([file, '--intervals', 'bootstrap', '--rounds', '200']);
    expect(code).toBe(1);
    expect(out).toContain('NOT TO BE TRUSTED');
    expect(out).toContain('Use --prior 0.5, or --intervals sandwich.');
  });

  it('chooses rows, cleans them by named steps, and counts what went', async () => {
    const rows = LEAGUE.slice(1).map((line, at) => `${line} ${at % 2 ? 'chat' : 'code'} j`);
    const file = votes('votes.csv', `${HEADER} kind judge`, ...rows, rows[0]!);
    const words = [file, '--where', 'kind=code', '--drop', 'duplicates', '--cap', 'judge=30'];
    const { told } = await rank([...words, '--prior', '1']);
    expect(told).toContain('where kind=code: removed 4 comparisons');
    expect(told).toContain('duplicates: removed 1 comparison\n');
    expect(told).toContain('cap judge=30: removed 0 comparisons');
    expect(await refusal([file, '--where', 'kind=cod'])).toMatchObject({
      code: 'bad_usage',
      hint: 'Did you mean code?',
    });
  });
});

describe('tutti rank on bad input', () => {
  it.each<[string, string[], string, string]>([
    ['no comparison', [HEADER], 'no_comparisons', 'There are no comparisons'],
    ['one item', [HEADER, 'a a left'], 'bad_input', 'compares "a" with itself'],
    ['never lost', [HEADER, 'a b left', 'b c left'], 'not_comparable', 'never lost: a'],
    ['only weights of 0', [`${HEADER} weight`, 'a b left 0'], 'no_comparisons', 'is left'],
    ['a negative weight', [`${HEADER} weight`, 'a b left -1'], 'bad_input', 'line 2: the weight'],
    ['an infinite weight', [`${HEADER} weight`, 'a b left Infinity'], 'bad_input', 'the weight is'],
    ['an unknown verdict', [HEADER, 'a b won'], 'bad_input', 'line 2: the verdict is "won"'],
    ['the name of another item as verdict', [HEADER, 'a b d'], 'bad_input', 'the verdict is "d"'],
    ['an unknown form', ['x y', '1 2'], 'bad_input', 'no known form'],
  ])('refuses %s', async (_, lines, code, message) => {
    const error = await refusal([votes('bad.csv', ...lines)]);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('proposes a prior by its flag, and with it everything is finite', async () => {
    const file = votes('chain.csv', HEADER, 'a b left', 'b c left');
    expect((await refusal([file])).hint).toContain('--prior 0.5');
    expect((await rank([file, '--prior', '0.5'])).code).toBe(0);
  });

  it.each(['bradley-terry', 'elo', 'counting', 'pagerank', 'eigenvector', 'average-win-rate'])(
    'rates items alike when there are only ties, by %s',
    async (method) => {
      const file = votes('ties.csv', HEADER, 'a b tie', 'b c tie', 'c a tie');
      const { code, out } = await rank([file, '-m', method, '--json']);
      const [board] = JSON.parse(out);
      expect(code).toBe(0);
      expect(board.items.map((item: { rank: number }) => item.rank)).toEqual([1, 1, 1]);
    },
  );

  it.each(['davidson', 'newman', 'rao-kupper'])('refuses only ties for %s', async (method) => {
    const file = votes('ties.csv', HEADER, 'a b tie', 'b c tie', 'c a tie');
    expect(await refusal([file, '-m', method])).toMatchObject({ code: 'not_comparable' });
  });

  it('refuses features that are no numbers, constant, or not there', async () => {
    const header = `${HEADER} size`;
    const words = ['-m', 'contextual', '--feature', 'size'];
    const none = await refusal([votes('nan.csv', header, 'a b left NaN', 'b a left 1'), ...words]);
    expect(none.message).toContain('size is not a number');
    const rows = LEAGUE.slice(1).map((line) => `${line} 3`);
    const constant = await refusal([votes('constant.csv', header, ...rows), ...words]);
    expect(constant.message).toContain('"size" is constant');
    const absent = await refusal([votes('absent.csv', ...LEAGUE), ...words]);
    expect(absent.message).toContain('no column "size"');
  });

  it('warns of names that differ in case and spaces only', async () => {
    const file = votes(
      'names.tsv',
      'left\tright\twinner',
      'GPT\ta\tleft',
      'a\tgpt\tleft',
      'gpt\tGPT\tleft',
    );
    expect((await rank([file, '--csv'])).told).toContain('differ only in case or spaces: GPT, gpt');
  });

  it('counts rows that are left out, with their lines', async () => {
    const file = votes('votes.csv', ...LEAGUE, 'a b won');
    const { told } = await rank([file, '--skip-invalid']);
    expect(told).toContain('1 row is not understood');
    expect(told).toContain('line 10: the verdict is "won"');
  });

  it('answers for 100,000 items, or says how many a method takes', async () => {
    const size = 100_000;
    const lines = Array.from({ length: size }, (_, at) => `m${at} m${(at + 1) % size} left`);
    const file = votes('many.csv', HEADER, ...lines);
    const counted = await rank([file, '-m', 'counting', '--first', '1']);
    expect(counted.out).toContain('100,000 items');
    expect(await refusal([file])).toMatchObject({ code: 'too_many_items' });
  });

  it('refuses options that contradict each other or that the method lacks', async () => {
    const file = votes('votes.csv', ...LEAGUE);
    for (const words of [
      ['--json', '--csv'],
      ['--svg'],
      ['-m', 'counting', '--fragility'],
      ['-m', 'counting', '--prior', '1'],
      ['--against', 'nobody'],
      ['--cluster', 'prompt'],
      ['--method', 'bradly-terry'],
    ]) {
      expect(await refusal([file, ...words]), words.join(' ')).toMatchObject({ code: 'bad_usage' });
    }
  });
});
