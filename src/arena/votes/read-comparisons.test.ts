import { describe, expect, it } from 'vitest';
import { hasSharedData, sharedDataPath } from '../../../test/support/shared-data.ts';
import { groupNames as group } from '../../../test/support/votes.ts';
import { readComparisons } from './index.ts';

const CROWD = 'llmfao/crowd-comparisons.csv';
const PANEL = 'pump/responses/chatgpt_vs_claude_vs_deepseek_vs_gemini';
describe.skipIf(!hasSharedData(CROWD, PANEL))('readComparisons on published files', () => {
  it('reads the crowd comparisons with workers and prompts', async () => {
    const { table } = await readComparisons([sharedDataPath(CROWD)]);
    expect([table.rows, table.items.length]).toEqual([8931, 59]);
    expect([table.groups.judge!.count, table.groups.prompt!.count]).toEqual([124, 13]);
  });

  it('reads 400 rankings of four answers from 100 logs, with the published mean ranks', async () => {
    const logs = Array.from({ length: 100 }, (_, k) =>
      sharedDataPath(`${PANEL}/round_${Math.floor(k / 10)}/prompt0${k % 10}.log`),
    );
    const { table, files } = await readComparisons(logs);
    expect(files[0]!.form).toBe('pump-log');
    expect([table.rows, table.groups.ranking!.count]).toEqual([2400, 400]);
    const losses = new Map<string, number>();
    for (let row = 0; row < table.rows; row++) {
      const loser = table.items[(table.verdict[row] === 0 ? table.right : table.left)[row]!]!;
      losses.set(loser, (losses.get(loser) ?? 0) + 1);
    }
    const mean = (name: string) => (400 + losses.get(name)!) / 400;
    expect(['chatgpt', 'deepseek', 'gemini', 'claude'].map(mean)).toEqual([
      1.9225, 2.005, 2.92, 3.1525,
    ]);
    expect([...new Set(group(table, 'answers'))]).toHaveLength(100);
  });
});
