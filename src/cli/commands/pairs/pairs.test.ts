import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFakeCli, type FakeCliOptions, runWords } from '../../../../test/support/fake-cli.ts';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { command } from './index.ts';

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

function file(name: string, ...lines: readonly unknown[]): string {
  const path = join(folder, name);
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  writeFileSync(path, texts.map((line) => `${line}\n`).join(''));
  return path;
}

async function pairs(words: readonly string[], options: FakeCliOptions = {}) {
  const cli = createFakeCli(options);
  const code = await runWords(command, words, cli.context);
  return { code, out: cli.stdout.text, told: cli.stderr.text };
}

const refusal = (words: readonly string[]) => pairs(words).catch((error) => error);
const lines = (text: string) => text.trim().split('\n');

function answers(): string {
  const models = ['a', 'b', 'c', 'd'];
  const rows = ['0', '1', '2'].flatMap((prompt) =>
    models.map((model, at) => ({ model, prompt, result: 'word '.repeat(at * 3 + Number(prompt)) })),
  );
  return file('results.jsonl', ...rows);
}

function prompts(): string {
  const types = ['chat', 'code', 'chat'];
  return file('prompts.jsonl', ...types.map((type, id) => ({ id, type, text: `Prompt ${id}` })));
}

describe('tutti pairs', () => {
  it('pairs names, all of them with --strategy all', async () => {
    const words = ['--item', 'x', '--item', 'y', '--item', 'z', '--strategy', 'all', '--json'];
    const { code, out, told } = await pairs(words);
    expect(code).toBe(0);
    expect(lines(out)).toHaveLength(3);
    expect(Object.keys(JSON.parse(lines(out)[0]!))).toEqual(['prompt', 'model_x', 'model_y']);
    expect(told).toContain('3 pairs of 3 items (all, seed 1)');
    expect(told).toContain('all items hang together');
  });

  it('pairs the most different answers of some prompts', async () => {
    const words = [answers(), '--prompts', prompts(), '--strategy', 'distant', '-n', '1', '--json'];
    const all = lines((await pairs(words)).out).map((line) => JSON.parse(line).prompt);
    expect(new Set(all)).toEqual(new Set(['0', '1', '2']));
    const chat = await pairs([...words, '--where', 'type!=code']);
    expect(new Set(lines(chat.out).map((line) => JSON.parse(line).prompt))).toEqual(
      new Set(['0', '2']),
    );
    expect(await refusal([...words, '--where', 'kind=chat'])).toMatchObject({ code: 'bad_usage' });
    expect(await refusal([...words, '--where', 'type=chit'])).toMatchObject({
      hint: 'Did you mean chat?',
    });
  });

  it('pairs everything with a baseline', async () => {
    const { out } = await pairs([answers(), '--against', 'b', '--csv']);
    expect(lines(out)[0]).toBe('prompt,left,right');
    expect(lines(out).slice(1)).toHaveLength(9);
    for (const line of lines(out).slice(1)) expect(line.split(',')).toContain('b');
  });

  it('goes on from the votes there are, evenly while they say little', async () => {
    const votes = file('votes.csv', 'left,right,winner', 'a,b,left', 'b,a,left', 'b,c,left');
    const { out, told } = await pairs(['--comparisons', votes, '--next', '4']);
    expect(lines(out)).toHaveLength(5);
    expect(told).toContain('4 pairs of 3 items (adaptive');
    expect(told).toContain('spread evenly: with fewer than 30 comparisons an item');
    const sure = ['a,b', 'b,c', 'c,d'].flatMap((pair) => [
      ...new Array(58).fill(`${pair},left`),
      ...new Array(2).fill(`${pair},right`),
    ]);
    const many = file('many.csv', 'left,right,winner', ...sure);
    const found = await pairs(['--comparisons', many, '--next', '4']);
    expect(found.told).not.toContain('spread evenly');
    const alike = file('alike.csv', 'left,right,winner', ...new Array(99).fill('a,b,tie'));
    const even = await pairs(['--comparisons', alike, '--next', '4']);
    expect(even.told).toContain('so alike that no pair tells much more');
  });

  it('gives the same pairs with the same seed, and others with another', async () => {
    const words = [answers(), '--next', '12', '--strategy', 'balanced', '--json'];
    const [one, again, other] = [
      await pairs(words),
      await pairs(words),
      await pairs([...words, '--seed', '2']),
    ];
    expect(again.out).toBe(one.out);
    expect(other.out).not.toBe(one.out);
  });

  it('ends with 1 and names the groups when the pairs do not connect all items', async () => {
    const rows = ['a', 'b'].map((model) => ({ model, prompt: '0', result: 'x' }));
    const others = ['c', 'd'].map((model) => ({ model, prompt: '1', result: 'x' }));
    const { code, told } = await pairs([file('apart.jsonl', ...rows, ...others), '--quiet']);
    expect(code).toBe(1);
    expect(told).toContain('NOT CONNECTED: 2 groups');
  });

  it('refuses what cannot be paired', async () => {
    expect(await refusal([])).toMatchObject({ code: 'bad_usage' });
    expect(await refusal(['--item', 'x'])).toMatchObject({ code: 'bad_input' });
    expect(await refusal(['--item', 'x', '--item', 'y', '--against', 'z'])).toMatchObject({
      code: 'bad_input',
    });
    expect(await refusal([answers(), '--item', 'x'])).toMatchObject({ code: 'bad_usage' });
    expect(await refusal([file('empty.jsonl')])).toMatchObject({ code: 'bad_input' });
    const words = ['--strategy', 'all', '--against', 'a'];
    expect(await refusal([answers(), ...words])).toMatchObject({ code: 'bad_usage' });
  });

  it('shows names without control characters, and CSV without formulas', async () => {
    const words = ['--item', '=x\x1b[2J', '--item', 'y', '--strategy', 'all'];
    const { out, told } = await pairs(words);
    expect(out + told).toContain('\\x1b[2J');
    expect(out + told).not.toContain('\x1b');
    expect((await pairs([...words, '--csv'])).out).toContain("'=x\\x1b[2J");
  });
});
