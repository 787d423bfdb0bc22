import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { collectReport } from './collect-report.ts';

const ok = (changes: object = {}) => ({
  status: 'ok',
  finish_reason: 'stop',
  usage: { input: 10, output: 3 },
  cost_usd: 0.5,
  latency_ms: 200,
  attempts: 1,
  started_at: '2026-11-21T10:00:00.000Z',
  ...changes,
});
const failed = (code: string, changes: object = {}) => ({
  status: 'error',
  error: { code, message: `${code} 1`, hint: 'h' },
  latency_ms: 5,
  attempts: 3,
  usage: {},
  cost_usd: null,
  ...changes,
});

async function collected(rows: readonly object[], changes: object = {}) {
  const results = join(temporaryFolder(), 'completed.jsonl');
  writeFileSync(results, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return await collectReport({ name: 'x', results, run: null, scores: null, ...changes });
}

describe('collectReport', () => {
  it('sums up models as their records tell', async () => {
    const { models, total, firstAskedAt, lastAnsweredAt } = await collected([
      { model: 'a/1', prompt: 'p', response: 'x', answer: ok() },
      {
        model: 'a/1',
        prompt: 'q',
        response: 'y',
        answer: ok({
          latency_ms: 400,
          cost_usd: null,
          finish_reason: 'length',
          started_at: '2026-11-21T09:59:00.000Z',
        }),
      },
      { model: 'a/1', prompt: 'r', response: null, answer: failed('timeout') },
      {
        api: 'b',
        model_name: '2',
        prompt: 'p',
        response: null,
        answer: failed('not_sent', { attempts: 0 }),
      },
      {
        api: 'b',
        model_name: '2',
        prompt: 'q',
        response: 'z',
        answer: ok({ usage: { input: 7, output: 1 } }),
      },
    ]);
    expect(models).toMatchObject([
      {
        model: 'a/1',
        rows: 3,
        answered: 2,
        failed: 1,
        notAsked: 0,
        cut: 1,
        triesMore: 2,
        inputTokens: 20,
        outputTokens: 6,
        costUsd: 0.5,
        unknownCosts: 1,
      },
      { model: 'b/2', rows: 2, answered: 1, failed: 0, notAsked: 1, costUsd: 0.5, unknownCosts: 0 },
    ]);
    expect(total).toMatchObject({ model: 'all', rows: 5, answered: 3, inputTokens: 27 });
    expect(models[0]!.output).toEqual({
      median: 3,
      p90: 3,
      p99: 3,
      counts: [{ value: 3, count: 2 }],
    });
    expect(models[0]!.latencyMs.p99! / 400).toBeCloseTo(1, 1);
    expect([firstAskedAt, lastAnsweredAt]).toEqual([
      '2026-11-21T09:59:00.000Z',
      '2026-11-21T10:00:00.200Z',
    ]);
  });

  it('puts the answers to one prompt side by side', async () => {
    const { shown } = await collected([
      { id: 'one', model: 'a/1', prompt: 'p', expected_response: 'x', response: 'x', answer: ok() },
      { model: 'a/1', prompt: ['p', 'q'], response: ['1', '2'], answer: ok() },
      { model: 'b/2', prompt: 'p', response: 'x ', answer: ok() },
      { model: 'c/3', prompt: 'p', response: null, answer: failed('timeout') },
    ]);
    expect(shown).toMatchObject({ rows: 4, failed: 1, cutTexts: 0 });
    expect(shown.prompts).toMatchObject([
      {
        texts: [{ text: 'p' }],
        expected: 'x',
        differing: 1,
        left: 0,
        rows: [
          { line: 1, id: 'one' },
          { line: 3 },
          { line: 4, error: { code: 'timeout', hint: 'h' } },
        ],
      },
      {
        texts: [{ label: 'turn 1' }, { label: 'turn 2' }],
        rows: [{ texts: [{ label: 'turn 1', text: '1' }, { text: '2' }] }],
      },
    ]);
  });

  it('shows failed rows beyond the chosen ones, and does not say that it counted what is beside them', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => ({
      model: 'a/1',
      prompt: `p${index}`,
      ...(index % 20 === 0
        ? { response: null, answer: failed('timeout') }
        : { response: 'x', answer: ok() }),
    }));
    const { shown, total, errors } = await collected(rows, { rows: 20 });
    expect(total.rows).toBe(300);
    expect(shown.failed).toBe(15);
    expect(shown.rows).toBeGreaterThanOrEqual(30);
    expect(shown.rows).toBeLessThanOrEqual(35);
    expect(shown.prompts.filter(({ left }) => left === null).length).toBe(shown.rows - 20);
    expect(errors).toMatchObject([{ code: 'timeout', rows: 15, lines: [1, 21, 41, 61, 81] }]);
  });

  it('shows scores by the keys that the summary names, and verdicts with their reasons', async () => {
    const mean = { key: 'verdict', model: 'a/1' } as never;
    const { shown } = await collected(
      [
        {
          model: 'a/1',
          prompt: 'p',
          verdict: 4,
          verdict_reason: 'good',
          score_errors: { other: 'no', verdict: 'late' },
          other: 1,
          response: 'x',
          answer: ok(),
        },
      ],
      { scores: { scores: [mean], pairs: [], sensitivity: [] } },
    );
    expect(shown.prompts[0]!.rows[0]!.scores).toEqual([
      { key: 'verdict', value: '4' },
      { key: 'verdict_reason', value: 'good' },
      { key: 'verdict failed', value: 'late' },
    ]);
  });

  it('shows verdicts of which the summary has the share of each label', async () => {
    const shares = ['good', 'fair', 'bad'].map((label) => ({
      key: `verdict:${label}`,
      model: 'a',
    }));
    const { shown } = await collected(
      [{ model: 'a', prompt: 'p', response: 'x', answer: ok(), verdict: 'fair' }],
      { scores: { scores: shares, pairs: [], sensitivity: [] } },
    );
    expect(shown.prompts[0]!.rows[0]!.scores).toEqual([{ key: 'verdict', value: 'fair' }]);
  });

  it('takes an experiment and results of other programs', async () => {
    const { total, errors } = await collected([
      { prompt: 'p', model: 'a/1' },
      {
        prompt: 'p',
        api: 'x',
        model_name: 'y',
        response: 'An unexpected error occurred when querying the API: (E) - e',
      },
      { prompt: 'p', api: 'x', model_name: 'y', response: 'fine' },
    ]);
    expect(total).toMatchObject({ rows: 3, notAsked: 1, failed: 1, answered: 1, unknownCosts: 1 });
    expect(errors).toMatchObject([{ model: 'x/y', code: 'internal' }]);
  });

  it('is not led astray by figures that are none', async () => {
    const strange =
      '{"model":"m","prompt":"p","response":"x","answer":{"status":"ok","usage":{"input":1e999,"output":-5},"cost_usd":"1","latency_ms":1e308,"attempts":{},"started_at":"2026-11-21T10:00:00Z"}}';
    const { total, lastAnsweredAt } = await collected([], {});
    expect(total.rows).toBe(0);
    expect(lastAnsweredAt).toBeNull();
    const results = join(temporaryFolder(), 'a.jsonl');
    writeFileSync(
      results,
      `${strange}\n{"model":3,"prompt":{"a":1},"response":[],"answer":7}\n{}\n`,
    );
    const report = await collectReport({ name: 'x', results, run: null, scores: null });
    expect(report.total).toMatchObject({ rows: 3, inputTokens: 0, outputTokens: 0, costUsd: null });
    expect(report.lastAnsweredAt).toBeNull();
    expect(report.models.map(({ model }) => model)).toEqual(['m', '(no model named)']);
  });

  it('folds many models into one', async () => {
    const rows = Array.from({ length: 150 }, (_, index) => ({
      model: `m${index}`,
      prompt: 'p',
      response: 'x',
      answer: ok(),
    }));
    const { models } = await collected(rows);
    expect(models).toHaveLength(101);
    expect(models.at(-1)).toMatchObject({ model: '(other models)', rows: 50 });
  });
});
