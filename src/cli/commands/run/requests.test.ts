import { describe, expect, it } from 'vitest';
import { createFakeCli, runWords } from '../../../../test/support/fake-cli.ts';
import type { RunRequest } from '../../../runtime/index.ts';
import { command } from './index.ts';

async function requestsOf(words: readonly string[]): Promise<readonly RunRequest[]> {
  const requests: RunRequest[] = [];
  const { context } = createFakeCli({
    engine: {
      prepareRun: async (request) => {
        requests.push(request);
        return { finished: true, folder: 'f', failed: 0, notices: [] };
      },
    },
  });
  await runWords(command, words, context);
  return requests;
}

describe('tutti run', () => {
  it('hands on what rows are filled with', async () => {
    const words = ['e.jsonl', '-m', 'a/1', '-m', 'b/2', '--override-model', '-n', '3'];
    const more = ['--system', 'Be brief.', '--param', 'seed=7', '--param', 'stop=x'];
    expect(await requestsOf([...words, ...more, '--total-rpm', '9'])).toMatchObject([
      {
        file: 'e.jsonl',
        models: ['a/1', 'b/2'],
        overrideModel: true,
        samples: 3,
        system: 'Be brief.',
        parameters: { seed: 7, stop: 'x' },
        totalRequestsPerMinute: 9,
      },
    ]);
  });

  it('takes a folder of prompts as one more experiment, and needs one', async () => {
    expect(await requestsOf(['--prompts', 'p', '-m', 'a/1'])).toMatchObject([
      { file: 'p', promptFolder: true, models: ['a/1'] },
    ]);
    expect(await requestsOf(['e.jsonl', '--prompts', 'p'])).toHaveLength(2);
    await expect(requestsOf(['-m', 'a/1'])).rejects.toMatchObject({ code: 'bad_usage' });
  });
});
