import { describe, expect, it } from 'vitest';
import { createFakeCli, type FakeCli, runWords } from '../../../../test/support/fake-cli.ts';
import { sampleOutcome, sampleReadyRun } from '../../../../test/support/sample-run.ts';
import type { FinishRequest } from '../../../runtime/index.ts';
import { command } from './index.ts';

async function finish(words: readonly string[], onFinished: (cli: FakeCli) => void = () => {}) {
  const requests: FinishRequest[] = [];
  const cli = createFakeCli({
    engine: {
      prepareFinish: async (request) => {
        requests.push(request);
        return sampleReadyRun({
          execute: async () => {
            onFinished(cli);
            return sampleOutcome();
          },
        });
      },
    },
  });
  const code = await runWords(command, ['--finish', ...words], cli.context);
  return { ...cli, code, requests };
}

describe('tutti run --finish', () => {
  it('hands on which runs count, how answers are scored and in which forms they are written', async () => {
    const words = [
      'one',
      '--format',
      'csv',
      '--excel-safe',
      '--resume',
      'known',
      '--score',
      'match',
    ];
    const { code, requests } = await finish(words);
    const scoring = { scores: ['match'], thresholds: [], compare: [] };
    const form = { formats: ['csv'], excelSafe: true, resume: 'known' };
    const request = { folder: 'one', ...form, ...scoring };
    expect([code, requests]).toEqual([0, [request]]);
  });

  it.each([
    [['--dry-run']],
    [['--new']],
    [['--limits', 'l.json']],
    [['--out', 'o']],
    [['--limit', '3']],
    [['--rpm', '5']],
    [['--skip-invalid']],
    [['--typed', 'a']],
    [['--name', 'n']],
  ])('refuses %s, which has no meaning with it', async (words) => {
    const message = `${words[0]} has no meaning with --finish`;
    await expect(finish(['one', ...words])).rejects.toMatchObject({
      code: 'bad_usage',
      message: expect.stringContaining(message),
    });
  });

  it('stops after Ctrl-C, whether or not the run of that moment was complete', async () => {
    const { code, requests } = await finish(['one', 'two'], (cli) => cli.interrupt());
    expect([code, requests.map(({ folder }) => folder)]).toEqual([130, ['one']]);
    const last = await finish(['one'], (cli) => cli.interrupt());
    expect(last.code).toBe(0);
  });
});
