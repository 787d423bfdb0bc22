import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFakeCli, runWords } from '../../../../test/support/fake-cli.ts';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { command } from './index.ts';

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function rank(...words: readonly string[]) {
  const cli = createFakeCli();
  const code = await runWords(command, words, cli.context);
  expect(cli.stdout.text + cli.stderr.text).not.toMatch(/NaN|\bundefined\b|Infinity/);
  return { code, out: cli.stdout.text, told: cli.stderr.text };
}

const refusal = (...words: readonly string[]) => rank(...words).catch((error) => error);

describe('what tutti rank says of its input', () => {
  it('says how verdicts were read that are no words, and what has no prompt', async () => {
    const names = await rank(file('n.csv', 'left,right,winner\nm,n,m\nn,m,m\nm,n,n\n'));
    expect(names.told).toContain('3 verdicts by the name of the item that won');
    const points = await rank(file('p.csv', 'left,right,winner\na,b,1\nb,a,0.5\na,b,0.2\n'));
    expect(points.told).toContain(
      '3 verdicts by number: the points of the left item, 1 where it won',
    );
    expect(points.told).toContain('1 verdict lies between a win and a tie: each is two rows');
    const gaps = 'left,right,winner,prompt\na,b,left,p\na,b,right,q\na,b,left,\na,b,right,NaN\n';
    expect((await rank(file('g.csv', gaps))).told).toContain(
      '2 comparisons have no prompt: each stands for itself',
    );
  });

  it('refuses a winner that can be read in two ways, and reads it as told', async () => {
    const path = file('ab.csv', 'left,right,winner\nA,B,A\nB,A,B\n');
    expect((await refusal(path)).message).toMatch(/line 3: the verdict "B".*--winner-is/);
    expect((await rank(path, '--winner-is', 'name', '--csv')).out).toMatch(/^A,[\d.]+,1000/m);
    expect(await refusal(path, '--winner-is', 'side')).toMatchObject({ code: 'not_comparable' });
  });

  it('gives items new names, and says which of them nobody has', async () => {
    const votes = file('v.csv', 'left,right,winner\ngpt4,b,left\nb,GPT-4,left\n');
    const rename = file('r.csv', 'from;to\ngpt4;GPT-4\n"gtp5";"GPT-5"\n');
    const { out, told } = await rank(votes, '--rename', rename);
    expect(out).toMatch(/ 1 +1-2 +GPT-4 /);
    expect(told).toContain('--rename: no row has gtp5');
    const wrong = [
      ['old,new\na,b\n', /first line is "old,new"/],
      ['from,to\na,\n', /line 2: a name is empty/],
      ['from,to\na,b\na,c\n', /"a" shall be both "b" and "c"/],
    ] as const;
    for (const [text, message] of wrong) {
      expect((await refusal(votes, '--rename', file('w.csv', text))).message).toMatch(message);
    }
  });

  it('names items that look alike where they cannot be compared', async () => {
    const votes = file('v.csv', 'left,right,winner\nGPT-4,b,left\nb,gpt-4\u200b,left\n');
    expect((await refusal(votes)).message).toContain('perhaps one item: "GPT-4", "gpt-4');
  });
});

describe('tutti rank --win-rate', () => {
  const rows = Array.from({ length: 12 }, (_, at) => ({
    instruction: `i${at}`,
    generator_1: 'base',
    generator_2: 'new',
    preference: [1, 2, 1.5, 1.93, 1.2, 2][at % 6],
    output_1: 'x'.repeat(20 + ((at * 7) % 11)),
    output_2: 'x'.repeat(20 + ((at * 5) % 13)),
  }));

  it('shows how often each wins against one, and at equal length', async () => {
    const path = file('annotations.json', JSON.stringify(rows));
    const { out } = await rank(path, '--win-rate', 'base', '--length-controlled');
    expect(out).toMatch(
      /Win rate against base\n.*equal length.*\n new +60\.5 % +\d+\.\d\.\.\d+\.\d +\d+\.\d % /,
    );
    expect(out).toContain('independent: prompt (12 clusters)');
    const [board] = JSON.parse((await rank(path, '--win-rate', 'base', '--json')).out);
    expect(board.winRates).toMatchObject({ baseline: 'base', lengthControlled: false });
    expect(board.winRates.items[0].winRate).toBeCloseTo((0 + 1 + 0.5 + 0.93 + 0.2 + 1) / 6, 9);
    expect(board.winRates.items[0].lengthControlled).toBeNull();
  });

  it('refuses an unknown baseline, and length without a win rate', async () => {
    const path = file('annotations.json', JSON.stringify(rows));
    expect(await refusal(path, '--win-rate', 'bass')).toMatchObject({
      hint: 'Did you mean "base"?',
    });
    expect(await refusal(path, '--length-controlled')).toMatchObject({ code: 'bad_usage' });
  });

  it('weighs pairs by how often they met', async () => {
    const votes = [
      ['a', 'b', 60],
      ['b', 'a', 30],
      ['a', 'c', 4],
      ['c', 'a', 4],
      ['b', 'c', 3],
      ['c', 'b', 1],
    ]
      .map(([left, right, times]) => `${left},${right},left\n`.repeat(Number(times)))
      .join('');
    const path = file('votes.csv', `left,right,winner\n${votes}`);
    const ratings = async (...more: string[]) => (await rank(path, '--csv', ...more)).out;
    expect(await ratings('--reweight', '1')).not.toBe(await ratings());
    const [board] = JSON.parse((await rank(path, '--reweight', '50', '--json')).out);
    expect(board.options.reweight).toBe(50);
  });
});
