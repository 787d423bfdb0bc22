import { describe, expect, it } from 'vitest';
import { dangerousCharacters, HOSTILE_TEXTS } from '../../../test/support/hostile-text.ts';
import { sampleLane, sampleOutcome, sampleSummary } from '../../../test/support/sample-run.ts';
import { CallError } from '../../core/call-error.ts';
import type { LaneProgress } from '../../run/index.ts';
import { displayWidth } from '../terminal/display-width.ts';
import { createStyle, PLAIN_STYLE } from '../terminal/style.ts';
import { RateWindow } from './rate-window.ts';
import { renderRunEnd } from './run-end.ts';
import { renderRunPlan } from './run-plan.ts';
import { renderRunProgress, renderRunProgressLine } from './run-progress.ts';
import { type RunMoment, remainingMs } from './run-progress-state.ts';
import { renderRunSummary } from './run-summary.ts';
import { waitingText } from './waiting-text.ts';

const moment = (lanes: LaneProgress[], changes: Partial<RunMoment> = {}): RunMoment => ({
  progress: { lanes, costUsdBefore: 0, unknownCostsBefore: 0 },
  nowMs: 10_000,
  elapsedMs: 4000,
  ...changes,
});

const LANES = [
  sampleLane({ state: 'done', inFlight: 0, rowsDone: 40, answered: 40 }),
  sampleLane({
    name: 'sim/careful',
    waiting: { reason: 'requests', untilMs: 10_100 },
    inputTokens: 12_000,
  }),
  sampleLane({
    name: 'sim/moody',
    retries: 3,
    unknownCosts: 4,
    waiting: { reason: 'retry', untilMs: 11_200 },
  }),
  sampleLane({
    name: 'openai/gpt-5.6-luna',
    state: 'parked',
    inFlight: 0,
    error: new CallError('quota_exhausted', 'the account is out of quota'),
    rowsFailed: 2,
  }),
];

const rates = (now: RunMoment) => new RateWindow().add(now);

describe('renderRunProgress', () => {
  it.each([80, 120, 200])('shows lanes and the whole on %i columns', (columns) => {
    const limits = new Map([['sim/careful', { requestsPerMinute: 480 }]]);
    const now = moment(LANES, { limits });
    const lines = renderRunProgress(now, rates(now), { columns, rows: 24 }, PLAIN_STYLE);
    expect(`\n${lines.join('\n')}\n`).toMatchSnapshot();
  });

  it.each(Object.entries(HOSTILE_TEXTS))('stays in its frame with %s', (_, text) => {
    const error = new CallError('unauthorized', text);
    const now = moment([sampleLane({ name: text }), sampleLane({ state: 'failed', error })]);
    for (const columns of [40, 80, 120, 200]) {
      const lines = renderRunProgress(now, rates(now), { columns, rows: 24 }, createStyle(true));
      expect(lines).toHaveLength(4);
      expect(dangerousCharacters(lines.join('\n'))).toEqual([]);
      for (const line of lines.slice(0, 3)) expect(displayWidth(line)).toBeLessThan(columns);
    }
    expect(dangerousCharacters(renderRunProgressLine(now, rates(now)))).toEqual([]);
  });

  it('shows the lanes that still have work when not all have room', () => {
    const lanes = Array.from({ length: 100 }, (_, index) =>
      sampleLane({ name: `lane-${index}`, state: index === 90 ? 'running' : 'done' }),
    );
    const now = moment(lanes);
    const lines = renderRunProgress(now, rates(now), { columns: 120, rows: 12 }, PLAIN_STYLE);
    expect(lines.length).toBeLessThan(12);
    expect(lines.join('\n')).toContain('lane-90');
    expect(lines.at(-2)).toBe(' and 93 more lanes');
  });

  it('says what a server says for which the table has no room, cut by nothing but the screen', () => {
    const waiting = {
      reason: 'failing' as const,
      untilMs: 5_000,
      said: 'The model is loading, it takes a minute',
      sinceMs: -20_000,
    };
    const now = moment([sampleLane({ name: 'a/b' }), sampleLane({ name: 'c/d', waiting })]);
    const at = (columns: number) =>
      renderRunProgress(now, rates(now), { columns, rows: 24 }, PLAIN_STYLE);
    expect(at(110).at(-1)).toMatch(
      /^ c\/d: server fails, next look now, for [\d.]+ s already: "The model is loading, it takes a minute"$/,
    );
    expect(displayWidth(at(60).at(-1)!)).toBeLessThan(60);
    expect(at(220)).toHaveLength(4);
  });

  it('counts what earlier sessions have spent', () => {
    const progress = {
      lanes: [sampleLane({ costUsd: 1 })],
      costUsdBefore: 2,
      unknownCostsBefore: 5,
    };
    const now = moment([], { progress });
    expect(renderRunProgressLine(now, rates(now))).toContain('spent $3.00 + 5 of unknown price');
  });
});

describe('renderRunProgressLine', () => {
  it('says in one line how far it is and what holds it', () => {
    const now = moment(LANES);
    const line = renderRunProgressLine(now, rates(now));
    expect(line).not.toContain('\n');
    expect(line).toContain('133/160   2 failed   14 in flight');
    expect(line).toContain('sim/careful: request limit, 0.10 s');
    expect(line).toContain('openai/gpt-5.6-luna: parked: the account is out of quota');
  });
});

describe('waitingText', () => {
  const at = (reason: NonNullable<LaneProgress['waiting']>['reason'], untilMs: number) =>
    waitingText(sampleLane({ waiting: { reason, untilMs } }), 1000);

  it('names the limit and how long', () => {
    expect(at('tokens', 3000)).toBe('token limit, 2.0 s');
    expect(at('back-off', 13_000)).toBe('asked to wait 12.0 s');
    expect(at('unreachable', 6000)).toBe('unreachable, next try in 5.0 s');
    expect(at('in flight', Number.POSITIVE_INFINITY)).toBe('limit of calls in flight');
    expect(
      waitingText(sampleLane({ waiting: { reason: 'tokens', untilMs: 1500 } }), 1000, {
        tokensPerMinute: 90_000,
      }),
    ).toBe('90,000 tokens/min, 0.50 s');
  });

  it("quotes the server's own words, cleaned, and says since when", () => {
    const waiting = { untilMs: 140_000, sinceMs: 58_000, said: 'Extra usage is\u001b[2J required' };
    const text = (reason: 'back-off' | 'failing' | 'retry') =>
      waitingText(sampleLane({ waiting: { ...waiting, reason } }), 100_000);
    const said = '"Extra usage is\\x1b[2J required"';
    expect(text('back-off')).toBe(`asked to wait 40.0 s, for 42.0 s already: ${said}`);
    expect(text('failing')).toBe(`server fails, next look in 40.0 s, for 42.0 s already: ${said}`);
    expect(text('retry')).toBe(`retry in 40.0 s, for 42.0 s already: ${said}`);
  });

  it('says nothing of a lane that is not held', () => {
    expect(waitingText(sampleLane(), 0)).toBe('-');
    expect(at('turn', 2000)).toBe('-');
  });
});

describe('RateWindow', () => {
  const after = (seconds: number, rowsDone: number, before = 0) =>
    moment(
      [
        sampleLane({
          rowsDone: rowsDone + before,
          rowsBefore: before,
          answered: rowsDone * 2,
          inputTokens: rowsDone * 10,
          outputTokens: 0,
        }),
      ],
      {
        nowMs: 5000 + seconds * 1000,
        elapsedMs: seconds * 1000,
      },
    );

  it('is the average since the start at first', () => {
    expect(new RateWindow().add(after(4, 8))).toEqual([
      { rowsPerSecond: 2, callsPerSecond: 4, tokensPerSecond: 20 },
    ]);
  });

  it('forgets what lies before its window', () => {
    const window = new RateWindow(10_000);
    let last: ReturnType<RateWindow['add']> = [];
    for (let second = 0; second <= 60; second++) {
      last = window.add(after(second, second < 30 ? second * 100 : 3000 + (second - 30)));
    }
    expect(last[0]?.rowsPerSecond).toBeCloseTo(1, 5);
  });

  it('does not count what earlier sessions have done', () => {
    expect(new RateWindow().add(after(4, 8, 1_000_000))[0]?.rowsPerSecond).toBe(2);
  });

  it('is nothing before time has passed', () => {
    expect(new RateWindow().add(after(0, 0))[0]?.callsPerSecond).toBe(0);
  });
});

describe('remainingMs', () => {
  const rate = (rowsPerSecond: number) => ({
    rowsPerSecond,
    callsPerSecond: 0,
    tokensPerSecond: 0,
  });

  it('is the time of the slowest lane, since lanes run side by side', () => {
    const lanes = [sampleLane({ rowsDone: 30 }), sampleLane({ rowsDone: 20 })];
    expect(remainingMs(lanes, [rate(1), rate(4)])).toBe(10_000);
  });

  it('is not told while a lane stands still, and is nothing when all is done', () => {
    expect(remainingMs([sampleLane()], [rate(0)])).toBeNull();
    expect(remainingMs([sampleLane({ state: 'parked' })], [rate(0)])).toBe(0);
    expect(remainingMs([sampleLane({ rowsDone: 40 })], [rate(0)])).toBe(0);
  });
});

describe('renderRunSummary', () => {
  const models = [
    sampleSummary(),
    sampleSummary({ model: 'sim/slow', errors: 3, costUsd: null, unknownCosts: 37 }),
    sampleSummary({
      model: 'http://localhost:8000/v1#a-model-with-a-rather-long-name-indeed',
      medianLatencyMs: null,
      p95LatencyMs: null,
    }),
  ];

  it.each([80, 120, 200])('is a table with totals on %i columns', (width) => {
    expect(`\n${renderRunSummary(models, width)}`).toMatchSnapshot();
  });

  it('has no totals for one model', () => {
    expect(renderRunSummary([sampleSummary()], 80).trimEnd().split('\n')).toHaveLength(2);
  });

  it.each(Object.entries(HOSTILE_TEXTS))('is clean with %s as a name', (_, text) => {
    const table = renderRunSummary([sampleSummary({ model: text })], 80);
    expect(dangerousCharacters(table)).toEqual([]);
    expect(table.trimEnd().split('\n')).toHaveLength(2);
    for (const line of table.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });
});

describe('renderRunEnd', () => {
  const run = { folder: 'tutti-out/a/2026', simulated: false, goesOnByItself: true };

  it('says how many were answered, why lanes stopped, where the results are, and how to go on', () => {
    const error = new CallError('unauthorized', 'the key is refused', { hint: 'Look at it.' });
    const outcome = sampleOutcome({
      state: 'unfinished',
      answered: 30,
      failed: 4,
      stoppedLanes: [sampleLane({ name: 'openai/x', state: 'failed', error })],
    });
    const text = renderRunEnd(outcome, { run, elapsedMs: 5900, width: 80, resumable: true });
    expect(text).toContain('30 of 40 answered, 4 failed, 6 not asked · 5.9 s');
    expect(text).toContain('openai/x failed: the key is refused\n  Look at it.\n');
    expect(text).toContain('results  tutti-out/a/2026   (the same command goes on from here)');
  });

  it('does not call a row failed of which a part came', () => {
    const ended = { run, elapsedMs: 5900, width: 80, resumable: true };
    const outcome = sampleOutcome({ state: 'unfinished', answered: 30, failed: 4 });
    expect(renderRunEnd(outcome, { ...ended, inPart: 3 })).toContain(
      '30 of 40 answered, 3 in part, 1 failed, 6 not asked · 5.9 s',
    );
    expect(renderRunEnd(outcome, { ...ended, inPart: 4 })).toContain(
      '30 of 40 answered, 4 in part, 6 not asked · 5.9 s',
    );
  });

  it('says of what kinds the failures are, the most frequent first, and where each is told', () => {
    const outcome = sampleOutcome({
      failed: 6,
      models: [
        sampleSummary({ errorCodes: { timeout: 1, bad_request: 2 } }),
        sampleSummary({ errorCodes: { bad_request: 3 } }),
      ],
    });
    const text = renderRunEnd(outcome, { run, elapsedMs: 1, width: 80, resumable: true });
    expect(text).toContain(
      'failed  5 bad_request, 1 timeout   (each in tutti-out/a/2026/failed.jsonl)',
    );
  });

  it('does not take the failures of calls for those of rows that have several', () => {
    const outcome = sampleOutcome({
      failed: 1,
      models: [sampleSummary({ errorCodes: { deadline_passed: 3 } })],
    });
    const text = renderRunEnd(outcome, { run, elapsedMs: 1, width: 80, resumable: true });
    expect(text).toContain(
      'failed  3 deadline_passed   (of calls; why each row has failed is in tutti-out/a/2026/failed.jsonl)',
    );
  });

  it('says how many answers were cut, how many choices are missing, and what was learned of servers', () => {
    const outcome = sampleOutcome({
      models: [sampleSummary({ cut: 12, choicesMissing: 1 })],
      notes: ['m is asked for streams: 400: stream mode only'],
    });
    const text = renderRunEnd(outcome, { run, elapsedMs: 1, width: 80, resumable: true });
    expect(text).toContain(
      'short   12 cut at the token limit, 1 choice asked for did not come\nm is asked for streams: 400: stream mode only\n',
    );
  });

  it('says what was lost, damaged and taken over, and how a run without a path goes on', () => {
    const outcome = sampleOutcome({
      state: 'unfinished',
      answered: 38,
      ...{ lostAnswers: 2, damagedLines: 1, takenOver: 7 },
    });
    const nameless = { ...run, goesOnByItself: false };
    const text = renderRunEnd(outcome, { run: nameless, elapsedMs: 1, width: 80, resumable: true });
    expect(text).toContain('38 of 40 answered · ');
    expect(text).toContain('2 answers were saved and cannot be read again');
    expect(text).toContain('1 line of journal.jsonl could not be read');
    expect(text).toContain('7 answers of these were taken over');
    expect(text).toContain('`tutti run` and this folder go on from here');
  });

  it('says so when no model was asked', () => {
    const text = renderRunEnd(sampleOutcome(), {
      run: { ...run, simulated: true },
      elapsedMs: 1,
      width: 80,
      resumable: true,
    });
    expect(text).toContain('simulated: no model was asked');
    expect(text).not.toContain('goes on from here');
  });
});

describe('renderRunPlan', () => {
  it('lists lanes with their calls, tokens and limits', () => {
    const lanes = [
      {
        name: 'a/b',
        rows: 10,
        calls: 20,
        estimatedInputTokens: 12_345,
        leastCostUsd: 0.5,
        likelyCostUsd: 1.25,
        limits: [{ requestsPerMinute: 480 }],
      },
      {
        ...{ name: 'c/d', rows: 5, calls: 5, estimatedInputTokens: null, limits: [] },
        ...{ leastCostUsd: null, likelyCostUsd: null },
      },
    ];
    const plan = {
      ...{ rows: 15, calls: 25, lanes, notices: [] },
      ...{ limitsFile: 'limits.json', unusedLimits: ['bxo', 'team'] },
      ...{ leastCostUsd: 0.5, likelyCostUsd: 1.25, lanesOfUnknownPrice: 1 },
      shortestTime: { shortestMs: 150_000, limitedBy: 'a/b' },
      totalRequestsPerMinute: 900,
    };
    expect(`\n${renderRunPlan('x.jsonl', plan, { width: 100 })}`).toMatchSnapshot();
  });
});
