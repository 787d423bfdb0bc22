import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasSharedData, sharedDataPath } from '../support/shared-data.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/llmfao/', import.meta.url));
const FILES = ['crowd', 'gpt4-crowd', 'gpt3-crowd'].map((name) => `llmfao/${name}-comparisons.csv`);

function story(...words: string[]) {
  const { LLMFAO_DATA: _, ...env } = process.env;
  return spawnSync(process.execPath, [`${EXAMPLE}story.ts`, ...words], { encoding: 'utf8', env });
}

describe.skipIf(!hasSharedData(...FILES))('the example llmfao', () => {
  it('tells the whole story on the published votes', () => {
    const { status, stdout, stderr } = story(sharedDataPath('llmfao'));
    expect(status, stderr).toBe(0);
    for (const figure of [
      /crowd-\S+ +gpt4-crowd-comparisons +59 .* 0\.7309\n/,
      /crowd-\S+ +gpt3-crowd-comparisons +59 .* 0\.7166\n/,
      /gpt4-\S+ +gpt3-crowd-comparisons +59 .* 0\.7171\n/,
      /Krippendorff's alpha +0\.2914 \(/,
      / all +2,139 +63\.21 /,
      /38\.7 % \(\S+\) of 2,139 +74\.6 % \(\S+\) of 1,043/,
      /without at most 13 votes \(0\.15 %\) Platypus-2 Instruct \(70B\) takes the first place of GPT 4\n/,
      /0 of 59 published ranks are certain/,
      /47 of 1711 pairs are separated \(643 if/,
    ]) {
      expect(stdout).toMatch(figure);
    }
    expect(stdout).not.toContain('NaN');
  }, 120_000);

  it('gives no figure in its README that the votes do not give', () => {
    const { stdout } = story(sharedDataPath('llmfao'));
    const readme = readFileSync(`${EXAMPLE}README.md`, 'utf8');
    for (const figure of [
      '.7309',
      '.7166',
      '.7171',
      '.2914',
      '63.21',
      '38.7 %',
      '74.6 %',
      '1.90',
    ]) {
      expect(readme).toContain(figure);
      expect(stdout).toContain(figure);
    }
  }, 120_000);
});

it('the example llmfao says what it needs when the votes are not there', () => {
  const { status, stderr } = story('/nowhere');
  expect(status).toBe(2);
  expect(stderr).toContain('LLMFAO_DATA');
});
