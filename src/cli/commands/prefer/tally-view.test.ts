import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFakeCli, runWords } from '../../../../test/support/fake-cli.ts';
import { hasSharedData, sharedDataPath } from '../../../../test/support/shared-data.ts';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { type PanelVerdict, panelStatistics } from '../../../ranking/panel/index.ts';
import { PLAIN_STYLE } from '../../terminal/style.ts';
import { command } from './index.ts';
import { renderTally } from './tally-view.ts';

const VIEW = { width: 100, style: PLAIN_STYLE };

type Ranked = readonly [string, string, readonly (readonly string[])[]];

function tallied(...rows: readonly Ranked[]): string {
  const verdicts = rows.map(([prompt, judge, ranking], at): PanelVerdict => {
    const shown = ranking.flat().toSorted();
    return { prompt, judge, ranking, round: 1, shown: at % 2 ? shown : shown.toReversed() };
  });
  return renderTally(panelStatistics(verdicts), VIEW);
}

async function tally(words: readonly string[]) {
  const cli = createFakeCli();
  const code = await runWords(command, ['--tally', ...words], cli.context);
  expect(cli.stdout.text + cli.stderr.text).not.toMatch(/NaN|\bundefined\b|Infinity/);
  return { code, out: cli.stdout.text, told: cli.stderr.text };
}

describe('the tally of a study', () => {
  it('shows first places, marks where judges disagree, and says how few prompts there are', () => {
    const text = tallied(
      ['p1', 'a', [['a'], ['b']]],
      ['p1', 'b', [['b'], ['a']]],
      ['p2', 'a', [['a', 'b']]],
      ['p2', 'b', [['a', 'b']]],
    );
    expect(text).toMatch(/ p1 +a +b +disagree\n p2 +a = b +a = b\n Judges disagree on 1 of 2\./);
    expect(text).toContain('4 rankings by 2 judges on 2 prompts');
    expect(text).toMatch(/ a +1\.50 +too few +1\.75 +50\.0 +100\.0\n/);
    expect(text).toContain('take 2 prompts for independent, too few for intervals of means.');
  });

  it('says when the first place hangs on own votes', () => {
    const text = tallied(
      ['p1', 'a', [['a'], ['b'], ['c']]],
      ['p1', 'b', [['c'], ['a'], ['b']]],
      ['p1', 'c', [['b'], ['a'], ['c']]],
    );
    expect(text).toContain('Without own votes the first place changes: b, not a.');
    const same = tallied(['p1', 'x', [['a'], ['b']]], ['p1', 'y', [['a'], ['b']]]);
    expect(same).not.toContain('changes');
  });

  it('says that there is no interval where ten prompts say the same, or fewer have two judges', () => {
    const prompts = Array.from({ length: 12 }, (_, at) => `p${at}`);
    const text = tallied(
      ...prompts.map((prompt) => [prompt, 'x', [['a'], ['b']]] as const),
      ...prompts.slice(0, 9).map((prompt) => [prompt, 'y', [['a'], ['b']]] as const),
    );
    expect(text).toMatch(/ a +1\.00 +no interval +1\.00/);
    expect(text).toContain("Kendall's W 1.000 (no interval);");
  });

  it('shows no control character of a name, and stays within the width', () => {
    const evil = '\x1b[2J\nx';
    const text = tallied(['p\x07', evil, [[evil], ['b'.repeat(300)]]], ['q', 'z', [[evil, 'c']]]);
    expect(text).toContain('\\x1b[2J x');
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
    for (const line of text.split('\n').filter((one) => one.includes('disagree'))) {
      expect(line.length).toBeLessThanOrEqual(100);
    }
  });

  it('shows a study without a ranking as such', () => {
    expect(renderTally(panelStatistics([]), VIEW)).toContain('0 rankings by 0 judges on 0 prompts');
  });
});

describe('tutti prefer --tally', () => {
  it('prints everything as JSON, names what holds no ranking, and ends with 1', async () => {
    const folder = temporaryFolder();
    const line = { prompt: 'p', round: 1, judge: '__proto__', shown: ['a', 'b'] };
    const lines = [
      { ...line, ranking: [['a'], ['b']], status: 'ok' },
      { ...line, judge: 'x', ranking: null, status: 'unparsed' },
    ];
    writeFileSync(
      join(folder, 'verdicts.jsonl'),
      lines.map((one) => `${JSON.stringify(one)}\n`).join(''),
    );
    const { code, out, told } = await tally([folder, '--json']);
    expect(code).toBe(1);
    expect(told).toMatch(/1 verdict holds no ranking.*\n {2}.*verdicts\.jsonl, line 2: .*unparsed/);
    expect(Object.keys(JSON.parse(out))).toEqual([
      'rankings',
      'malformed',
      'prompts',
      'judges',
      'responders',
      'matrix',
      'firsts',
      'agreement',
      'selfPreference',
      'positions',
      'flips',
      'unit',
      'clusters',
    ]);
    expect(out).toContain('"matrix":{"__proto__":{"a":1,"b":2}}');
  });

  const PUMP = 'pump/responses/chatgpt_vs_claude_vs_deepseek_vs_gemini';
  it.skipIf(!hasSharedData(PUMP))('shows the published table to the digit', async () => {
    const { code, out } = await tally([sharedDataPath(PUMP)]);
    expect(code).toBe(0);
    const rows = out.split('\n').filter((line) => /^ \w+ +\d\.\d\d +\d\.\d\d\.\./.test(line));
    expect(
      rows.map((line) => line.trim().split(/ +/)).map((one) => [one[0], one[1], one[4], one[5]]),
    ).toEqual([
      ['chatgpt', '1.92', '43.0', '72.2'],
      ['deepseek', '2.00', '32.0', '75.5'],
      ['gemini', '2.92', '16.5', '32.8'],
      ['claude', '3.15', '8.5', '19.5'],
    ]);
    expect(out).toContain('Without own votes the first place changes: deepseek, not chatgpt.');
  });
});
