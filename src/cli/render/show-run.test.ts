import { describe, expect, it } from 'vitest';
import { createFakeCli, runWords } from '../../../test/support/fake-cli.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { FakeScreen } from '../../../test/support/fake-terminal.ts';
import { sampleLane, sampleOutcome, sampleReadyRun } from '../../../test/support/sample-run.ts';
import type { RunOutcome } from '../../run/index.ts';
import type { ReadyRun, RunRequest } from '../../runtime/index.ts';
import { command } from '../commands/run/index.ts';

/** A run of `seconds` that ends as `outcome` says. */
function readyRun(clock: FakeClock, seconds: number, outcome: Partial<RunOutcome> = {}): ReadyRun {
  const progress = () => ({ lanes: [sampleLane()], costUsdBefore: 0, unknownCostsBefore: 0 });
  return sampleReadyRun({
    async execute(options) {
      options?.onStart?.(progress);
      await clock.advance(seconds * 1000);
      return sampleOutcome(outcome);
    },
  });
}

async function run(
  words: string[],
  outcomes: Partial<RunOutcome>[],
  screens: { stdout?: FakeScreen; stderr?: FakeScreen } = {},
) {
  const clock = new FakeClock();
  const requests: RunRequest[] = [];
  const ended = { executed: 0, discarded: 0 };
  const cli = createFakeCli({
    ...screens,
    clock,
    engine: {
      prepareRun: async (request) => {
        requests.push(request);
        const ready = readyRun(clock, 25, outcomes[requests.length - 1]);
        return {
          ...ready,
          execute: (options) => {
            ended.executed++;
            return ready.execute(options);
          },
          discard: async () => {
            ended.discarded++;
          },
        };
      },
      planRun: async (request) => {
        requests.push(request);
        return {
          rows: 3,
          calls: 6,
          lanes: [],
          leastCostUsd: null,
          likelyCostUsd: null,
          lanesOfUnknownPrice: 0,
          shortestTime: null,
          totalRequestsPerMinute: null,
          limitsFile: undefined,
          unusedLimits: [],
          notices: [],
        };
      },
    },
  });
  const code = await runWords(command, words, cli.context);
  return { ...cli, ...ended, code, requests, pendingTimers: clock.pendingTimers };
}

describe('tutti run', () => {
  it('hands on what was asked, undefined where the settings decide', async () => {
    const { requests } = await run(['a.jsonl', '--rpm', '60', '--timeout', '500ms', '--new'], [{}]);
    expect(requests).toEqual([
      {
        file: 'a.jsonl',
        out: undefined,
        requestsPerMinute: 60,
        tokensPerMinute: undefined,
        concurrency: undefined,
        limitsFile: undefined,
        attempts: undefined,
        timeoutMs: 500,
        limit: undefined,
        fresh: true,
        skipInvalid: false,
        formats: [],
        scores: [],
        thresholds: [],
        compare: [],
        excelSafe: false,
        models: [],
        overrideModel: false,
        parameters: {},
        onlyFailed: false,
        judges: [],
        judgeTemplates: [],
        verdicts: [],
        rephrasers: [],
        removeOriginal: false,
        onlyRephrase: false,
      },
    ]);
  });

  it('tells a line every ten seconds where nothing can be redrawn, and then the table', async () => {
    const { stdout, stderr, code, pendingTimers } = await run(['a.jsonl'], [{}]);
    const lines = stderr.text.split('\n');
    expect(lines[0]).toBe('prompts.jsonl · 40 rows · 1 lane · 64 in flight');
    expect(lines[1]).toBe('results: tutti-out/prompts/2026');
    expect(lines[2]).toMatch(/^10\.0 s {3}31\/40/);
    expect(lines[3]).toMatch(/^20\.0 s {3}31\/40/);
    expect(stderr.text).toContain('40 of 40 answered · 25.0 s');
    expect(stderr.text).toContain('results  tutti-out/prompts/2026');
    expect(stderr.text).not.toContain('\x1b');
    expect(stdout.text).toBe('');
    expect([code, pendingTimers]).toEqual([0, 0]);
  });

  it('redraws on a terminal and leaves the last frame', async () => {
    const stderr = new FakeScreen({ isTerminal: true });
    const { pendingTimers } = await run(['a.jsonl'], [{}], { stderr });
    expect(stderr.rows[2]).toContain('lane');
    expect(stderr.rows[3]).toContain('sim/quick');
    expect(stderr.rows.join('\n')).toContain('40 of 40 answered');
    expect(stderr.cursorHidden).toBe(false);
    expect(pendingTimers).toBe(0);
  });

  it('prints the totals as JSON, and nothing at all on standard error when quiet', async () => {
    const { stdout, stderr } = await run(['a.jsonl', '--json', '--quiet'], [{}]);
    expect(JSON.parse(stdout.text)).toMatchObject({
      folder: 'tutti-out/prompts/2026',
      state: 'finished',
      answered: 40,
    });
    expect(stderr.text).toBe('');
  });

  it.each([
    ['everything is answered', {}, 0],
    ['a call failed', { failed: 1 }, 1],
    ['a lane is parked', { state: 'unfinished' }, 1],
    ['a form of the results was not written', { unwritten: ['no csv'] }, 1],
    ['it was interrupted', { state: 'interrupted' }, 130],
  ] as const)('exits as it should when %s', async (_, outcome, code) => {
    expect((await run(['a.jsonl'], [outcome])).code).toBe(code);
  });

  it('runs several files and gives the worst code; an interruption ends them all', async () => {
    const both = await run(['a.jsonl', 'b.jsonl'], [{ failed: 1 }, {}]);
    expect([both.code, both.executed, both.discarded]).toEqual([1, 2, 0]);
    const ended = await run(['a.jsonl', 'b.jsonl'], [{ state: 'interrupted' }, {}]);
    expect([ended.code, ended.executed, ended.discarded]).toEqual([130, 1, 1]);
  });

  it('only says what it would do under --dry-run, on standard output', async () => {
    const { stdout, code } = await run(['a.jsonl', '--dry-run'], []);
    expect(stdout.text).toContain('a.jsonl: 3 rows, 6 calls; nothing was sent');
    expect(code).toBe(0);
  });

  it('says where the results are of a run that is finished, exit 1 if it has failures', async () => {
    for (const [failed, code] of [
      [0, 0],
      [2, 1],
    ] as const) {
      const cli = createFakeCli({
        engine: {
          prepareRun: async () => ({ finished: true, folder: 'out/x', failed, notices: [] }),
        },
      });
      const given = await runWords(command, ['a.jsonl'], cli.context);
      expect(given).toBe(code);
      expect(cli.stderr.text).toContain('results  out/x');
    }
  });

  it('tells of an interruption at once', async () => {
    for (const isTerminal of [false, true]) {
      const clock = new FakeClock();
      const cli = createFakeCli({
        clock,
        stderr: new FakeScreen({ isTerminal }),
        engine: {
          prepareRun: async () => ({
            ...readyRun(clock, 1),
            async execute(options) {
              options?.onStart?.(() => ({ lanes: [], costUsdBefore: 0, unknownCostsBefore: 0 }));
              cli.interrupt();
              expect([options?.drain?.aborted, options?.signal?.aborted]).toEqual([true, false]);
              await clock.advance(200);
              expect(cli.stderr.text).toContain('Interrupted: what is under way finishes.');
              return sampleOutcome({ state: 'interrupted' });
            },
          }),
        },
      });
      await runWords(command, ['a.jsonl'], cli.context);
    }
  });
});
