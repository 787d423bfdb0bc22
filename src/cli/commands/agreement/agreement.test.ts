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

function file(name: string, ...lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return path;
}

async function agreement(words: readonly string[], options: FakeCliOptions = {}) {
  const cli = createFakeCli(options);
  const code = await runWords(command, words, cli.context);
  expect(cli.stdout.text + cli.stderr.text).not.toMatch(/NaN|\bundefined\b|Infinity/);
  return { code, out: cli.stdout.text, told: cli.stderr.text };
}

const refusal = (words: readonly string[]) => agreement(words).catch((error) => error);

/** Ann and Bob agree on all prompts but one; Eve always takes the left side. */
function panel(): string {
  const rows = Array.from({ length: 12 }, (_, prompt) => {
    const bob = prompt === 0 ? 'right' : 'left';
    return [`${prompt},ann,a,b,left`, `${prompt},bob,a,b,${bob}`, `${prompt},eve,b,a,left`];
  });
  return file('panel.csv', 'prompt,judge,left,right,winner', ...rows.flat());
}

describe('tutti agreement', () => {
  it('shows how far judges agree, whatever side they were shown', async () => {
    const { code, out, told } = await agreement([panel()]);
    expect(code).toBe(0);
    expect(told).toContain('form left-right-winner (csv), 36 comparisons');
    expect(out).toContain('36 verdicts of 3 judges on 12 units');
    expect(out).toMatch(/Krippendorff's alpha +-0\.\d+ \(/);
    expect(out).toMatch(/ eve +12 +100\.00 +0\.00 +0\.00 +100\.00 \(\d+\.\.100\)/);
    expect(out).toMatch(/ ann +\d+\.\d % \(\d+\.\.\d+\) of 12/);
    expect(out).toMatch(/Gwet's AC1 +-0\.\d+ \(/);
    expect(out).toContain('Intervals take 12 prompts for independent.');
  });

  it('prints everything as one JSON object', async () => {
    const { out } = await agreement([panel(), '--json', '--rounds', '50']);
    const found = JSON.parse(out);
    expect(found.units).toBe(12);
    expect(found.judges.map((one: { judge: string }) => one.judge)).toEqual(['ann', 'bob', 'eve']);
    expect(found.judges[2].position.leftOfAll).toMatchObject({ count: 12, of: 12 });
    expect(found.percent.share).toBeCloseTo(12 / 36, 9);
    expect(found.input.comparisons).toBe(36);
  });

  it('takes a file without judges for one judge when there are several files', async () => {
    const machine = file('gpt.csv', 'prompt,left,right,winner', '0,a,b,left', '1,a,b,right');
    const found = JSON.parse((await agreement([panel(), machine, '--json'])).out);
    expect(found.judges.at(-1)).toMatchObject({ judge: 'gpt', majority: { all: { of: 2 } } });
  });

  it('says that one judge has nobody to agree with, and shows the side all the same', async () => {
    const alone = file('gpt.csv', 'prompt,left,right,winner', '0,a,b,left', '1,a,b,left');
    const { out } = await agreement([alone]);
    expect(out).toContain('One judge only');
    expect(out).toMatch(/ all +2 +100\.00/);
  });

  it('reads a table of raters without a header', async () => {
    const codings = file('codings.csv', '1,2,3,3', '1,2,3,4', ',2,3,4');
    const { out } = await agreement([codings, '--matrix', '--distance', 'interval']);
    expect(out).toContain('3 judges, 4 units');
    expect(out).toMatch(/Krippendorff's alpha +0\.\d{4} .*interval/);
    const words = file('words.csv', 'NN,VB', 'NN,NN');
    expect(await refusal([words, '--matrix', '--distance', 'ratio'])).toMatchObject({
      code: 'bad_input',
    });
    expect(await refusal([words, words, '--matrix'])).toMatchObject({ code: 'bad_usage' });
  });

  it('says that alpha shows nothing when every rating is the same', async () => {
    const { out } = await agreement([file('same.csv', '1,1', '1,1'), '--matrix']);
    expect(out).toContain('1.0000');
    expect(out).toContain('shows nothing');
  });

  it('says which words of a matrix are missing ratings, and why a kappa is undefined', async () => {
    const gaps = await agreement([file('gaps.csv', '1,2,NA', '1,2,nan', '1,3,2'), '--matrix']);
    expect(gaps.out).toContain('3 judges, 3 units; missing: NA (1), nan (1)');
    expect(gaps.out).toContain('0.5455');
    const ones = new Array(12).fill('1').join();
    const { out } = await agreement([file('ones.csv', ones, ones), '--matrix']);
    expect(out).toContain('not defined: two judges share 12 units, but say one and the same thing');
  });

  it('tells what intervals take for independent, and takes what it is told', async () => {
    const words = [panel(), '--json', '--quiet'];
    const found = async (...more: string[]) =>
      JSON.parse((await agreement([...words, ...more])).out);
    expect((await found()).clusters).toEqual({ unit: 'prompt', count: 12 });
    expect((await found('--cluster', 'unit')).clusters.unit).toBe('unit');
    expect((await found('--interval', 'none')).alpha.low).toBeNull();
    expect((await found('--interval', 'none')).ac1.low).toBeNull();
  });

  it('measures the pull of a feature', async () => {
    const rows = Array.from({ length: 9 }, (_, at) => `${at},j${at % 3},a,b,left,${at + 9},${at}`);
    const path = file('f.csv', 'prompt,judge,left,right,winner,len_a,len_b', ...rows);
    const { out } = await agreement([path, '--feature', 'len']);
    expect(out).toContain('The answer with more len wins 100.0 % (63..100) of 9 decisive verdicts');
  });

  it('refuses files without comparisons', async () => {
    const empty = file('none.csv', 'left,right,winner');
    expect(await refusal([empty])).toMatchObject({ code: 'no_comparisons' });
    expect(await refusal([join(folder, 'nothing.csv')])).toMatchObject({ code: 'file_missing' });
  });

  it('shows no control character of a name', async () => {
    const evil = '\x1b[2J';
    const rows = [`0,${evil},a,b,left`, '0,x,a,b,left', `1,${evil},a,b,left`, '1,x,a,b,tie'];
    const { out } = await agreement([file('e.csv', 'prompt,judge,left,right,winner', ...rows)]);
    expect(out).toContain('\\x1b[2J');
    expect(out).not.toContain('\x1b');
  });
});
