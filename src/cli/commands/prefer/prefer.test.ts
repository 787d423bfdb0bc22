import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFakeCli, type FakeCliOptions, runWords } from '../../../../test/support/fake-cli.ts';
import { FakeScreen } from '../../../../test/support/fake-terminal.ts';
import { dangerousCharacters, HOSTILE_TEXTS } from '../../../../test/support/hostile-text.ts';
import { failedAnswer, someAnswer } from '../../../../test/support/some-answer.ts';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import type { PreferenceVerdict } from '../../../panel/index.ts';
import type { PreferListener, PreferOutcome, PreferRequest } from '../../../runtime/index.ts';
import { command } from './index.ts';

const verdictOf = (
  judge: string,
  ranking: PreferenceVerdict['ranking'],
  more: Partial<PreferenceVerdict> = {},
): PreferenceVerdict => ({
  ...{ judge, shown: ['b/two', 'a/one'], ranking, reasons: {}, masked: 0, error: null },
  ...{ status: ranking === null ? 'unparsed' : 'ok', asked: 1, ...more },
});

const TWO = [
  verdictOf('a/one', [['b/two'], ['a/one']], { reasons: { 'b/two': 'A is exact.' }, masked: 1 }),
  verdictOf('b/two', [['a/one', 'b/two']]),
];

function outcomeOf(
  details: readonly PreferenceVerdict[],
  more: Partial<PreferOutcome> = {},
): PreferOutcome {
  return {
    ...{ models: ['a/one', 'b/two'], judges: details.map(({ judge }) => judge), seed: 0, details },
    verdicts: details.map(({ error: _, ...one }) => ({ prompt: 'why?', round: 1, ...one })),
    isComplete: details.every(({ status }) => status === 'ok'),
    ...{ error: null, costUsd: 0.25, ...more },
  };
}

/** Runs `tutti prefer WORDS` against an engine that answers and then gives an outcome. */
async function prefer(words: string[], outcome: PreferOutcome, options: FakeCliOptions = {}) {
  const requests: PreferRequest[] = [];
  const cli = createFakeCli({
    engine: {
      prefer: async (request: PreferRequest, listener: PreferListener) => {
        requests.push(request);
        const sources = { simulated: false, keys: [], addresses: [] };
        listener.onStart?.({ models: outcome.models, sources, notices: [], status: null });
        for (const [at, model] of outcome.models.entries()) {
          const answer =
            outcome.error === null ? someAnswer({}, { texts: [model] }) : failedAnswer();
          listener.onAnswer?.(at, 0, answer);
          listener.onRecord?.(at, `{"model":${JSON.stringify(model)}}`);
        }
        for (const verdict of outcome.details) listener.onVerdict?.(verdict, 2);
        return outcome;
      },
    },
    ...options,
  });
  const code = await runWords(command, words, cli.context);
  return { ...cli, code, request: requests[0]! };
}

describe('tutti prefer', () => {
  it('hands on what was asked', async () => {
    const words = [
      'why?',
      '-m',
      'a/one',
      '-m',
      'b/two',
      '--judge',
      'c',
      '--seed',
      '7',
      '--no-mask',
    ];
    const more = ['--criteria', 'Brevity.', '--system', 'Be brief.', '--param', 'top_p=1'];
    const { request, code } = await prefer([...words, ...more], outcomeOf(TWO));
    expect(code).toBe(0);
    expect(request).toMatchObject({
      ...{ models: ['a/one', 'b/two'], judges: ['c'], prompt: 'why?', seed: 7, mask: false },
      ...{ criteria: 'Brevity.', system: 'Be brief.', parameters: { top_p: 1 } },
    });
  });

  it('shows answers, then each ranking with names, labels and reasons, then the tally', async () => {
    const { stdout, stderr } = await prefer(['why?', '-m', 'a/one', '-m', 'b/two'], outcomeOf(TWO));
    expect(stdout.text).toContain('## a/one\na/one\n\n## b/two\nb/two\n');
    expect(stdout.text).toContain(
      '## a/one ranks (its own among them), 1 name masked\n 1.  b/two (A): A is exact.\n 2.  a/one (B)\n',
    );
    expect(stdout.text).toContain(
      '## b/two ranks (its own among them)\n 1=  a/one (B)\n 1=  b/two (A)\n',
    );
    expect(stdout.text).toMatch(/b\/two +1\.25 +1\.00 +75 +2/);
    expect(stderr.text).toContain('rankings of 2 of 2 judges · all in all 0.00 s, $0.2500');
  });

  it('prints one document under --json, with the keys of its format', async () => {
    const outcome = outcomeOf([TWO[0]!, verdictOf('b/two', null, { error: 'its reply is odd' })]);
    const { stdout, code } = await prefer(['why?', '--json', '-m', 'a', '-m', 'b'], outcome);
    const document = JSON.parse(stdout.text);
    expect(code).toBe(1);
    expect(Object.keys(document)).toEqual([
      'prompt',
      'seed',
      'answers',
      'verdicts',
      'tally',
      'agreement',
      'selfPreference',
      'flips',
    ]);
    expect(document.answers).toEqual([{ model: 'a/one' }, { model: 'b/two' }]);
    expect(document.verdicts[1]).toMatchObject({
      judge: 'b/two',
      ranking: null,
      status: 'unparsed',
    });
    expect(document.tally).toEqual([
      { model: 'b/two', meanRank: 1, meanRankWithoutSelf: 1, top1: 100, verdicts: 1 },
      { model: 'a/one', meanRank: 2, meanRankWithoutSelf: null, top1: 0, verdicts: 1 },
    ]);
  });

  it('says which judge gave no ranking and why, and why nobody was asked', async () => {
    const unread = verdictOf('c', null, { error: 'its reply has no <verdict>' });
    const one = await prefer(['why?', '-q', '-m', 'a', '-m', 'b'], outcomeOf([TWO[0]!, unread]));
    expect(one.stderr.text).toBe('c: no ranking, its reply has no <verdict>\n');
    const error = failedAnswer(
      {},
      { code: 'quorum_missed', message: '1 of 2 models answered' },
    ).error;
    const two = await prefer(
      ['why?', '-q', '-m', 'a', '-m', 'b'],
      outcomeOf([], { error, isComplete: false }),
    );
    expect(two.stderr.text).toContain('1 of 2 models answered\n');
    expect([one.code, two.code, two.stdout.text]).toEqual([1, 1, '']);
  });

  it('shows hostile names and reasons without what they could do to a terminal', async () => {
    for (const text of Object.values(HOSTILE_TEXTS).flat()) {
      const models = [text, 'b/two'];
      const hostile = verdictOf(text, [[text], ['b/two']], {
        ...{ shown: models, reasons: { [text]: text }, error: text },
      });
      const stdout = new FakeScreen();
      const { stderr } = await prefer(
        ['why?', '-m', 'a', '-m', 'b'],
        outcomeOf([hostile], { models }),
        { stdout },
      );
      expect(dangerousCharacters(stdout.text)).toEqual([]);
      expect(dangerousCharacters(stderr.text)).toEqual([]);
    }
  });

  it('reads criteria from a file, and tells of one that is not there', async () => {
    const workingFolder = temporaryFolder();
    writeFileSync(join(workingFolder, 'by.txt'), '\ufeffBy brevity.\n');
    const words = ['why?', '-m', 'a', '-m', 'b', '--criteria'];
    const { request } = await prefer([...words, 'by.txt'], outcomeOf(TWO), { workingFolder });
    expect(request.criteria).toBe('By brevity.');
    const missing = prefer([...words, 'none.txt'], outcomeOf(TWO), { workingFolder });
    await expect(missing).rejects.toMatchObject({ code: 'file_missing' });
    const both = await prefer([...words, 'wit/brevity, in this order'], outcomeOf(TWO), {
      workingFolder,
    });
    expect(both.request.criteria).toBe('wit/brevity, in this order');
  });

  it.each([
    [['why?', '--rounds', '2'], '--rounds has no meaning with one prompt'],
    [['why?', '--rpm', '2', '-o', 'x'], '--out, --rpm have no meaning with one prompt'],
    [['why?', '--prompts', 'p'], 'a prompt has no meaning with --prompts'],
    [['--prompts', 'p', '--file', 'f'], '--file has no meaning with --prompts'],
    [['--tally', 'p', '-m', 'a'], '--model has no meaning with --tally'],
    [['why?', '--tally', 'p'], 'a prompt has no meaning with --tally'],
  ])('refuses %s', async (words, message) => {
    await expect(prefer(words, outcomeOf(TWO))).rejects.toMatchObject({
      code: 'bad_usage',
      message: expect.stringContaining(message),
    });
  });
});
