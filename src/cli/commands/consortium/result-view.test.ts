import { describe, expect, it } from 'vitest';
import type { ConsortiumResult } from '../../../panel/index.ts';
import { renderAnswer, renderResultSummary } from './result-view.ts';

const HOSTILE = 'a\u001b]52;c;eA==\u0007b\r\u202ec';

function resultOf(changes: Partial<ConsortiumResult>): ConsortiumResult {
  const member = { id: 'm#1', status: 'ok', response: 'one', extracted: null } as const;
  return {
    ...{ name: 'team', status: 'complete', degraded: [], answer: 'yes', basis: 'synthesis' },
    ...{ confidence: 0.9, confidenceSource: 'arbiter', agreement: null, round: 1 },
    rounds: [
      {
        ...{
          round: 1,
          members: [member, { ...member, id: 'm#2', status: 'timeout', response: null }],
        },
        ...{ arbiter: 'a', confidence: 0.9, needsIteration: false, refinementAreas: [] },
        dissent: null,
      },
    ],
    ...{ asked: 2, answered: 1, failed: 0, timedOut: 1, costUsd: 0.5, durationMs: 2_000, seed: 0 },
    ...changes,
  } as ConsortiumResult;
}

describe('the answer', () => {
  it('is all there is where it is complete', () => {
    expect(renderAnswer(resultOf({}))).toBe('yes\n');
    expect(renderAnswer(resultOf({ answer: 'yes\n' }))).toBe('yes\n');
  });

  it('has what it lacks in its first line, on one line', () => {
    const degraded = ['m#2 is missing: no\nanswer.', `x${HOSTILE}`];
    const [first, second] = renderAnswer(resultOf({ status: 'degraded', degraded })).split('\n');
    expect(first).toMatch(/^\[degraded: m#2 is missing: no answer; xa\\x1b.*\]$/);
    expect(second).toBe('yes');
  });

  it('is what members said where there is none', () => {
    const failed = resultOf({ status: 'failed', answer: null, degraded: ['too few'] });
    expect(renderAnswer(failed)).toBe('[failed: too few]\n## m#1\none\n');
  });

  it('sends nothing to the terminal but text', () => {
    const hostile = {
      id: `m${HOSTILE}`,
      status: 'ok',
      response: HOSTILE,
      extracted: HOSTILE,
    } as const;
    const [round] = resultOf({}).rounds;
    const agreement = { groups: [{ answer: HOSTILE, members: [HOSTILE] }], share: 1, tied: true };
    const rounds = [
      {
        ...round!,
        ...{ members: [hostile], arbiter: HOSTILE, dissent: HOSTILE, refinementAreas: [HOSTILE] },
      },
    ];
    const common = { rounds, agreement, degraded: [HOSTILE] };
    const costs = { costUsd: 0, unknownCosts: 1 };
    for (const result of [
      resultOf({ ...common, status: 'degraded', answer: HOSTILE }),
      resultOf({ ...common, status: 'failed', answer: null }),
    ]) {
      const shown = renderAnswer(result) + renderResultSummary(result, costs);
      expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
  });
});

it('how an answer came about is told: rounds, who is missing, confidence, time and cost', () => {
  const text = renderResultSummary(resultOf({}), { costUsd: 0.5, unknownCosts: 0 });
  expect(text).toBe(
    'round 1: 1 of 2 answered · a · confidence 0.90\n' +
      'synthesis · confidence 0.90 (arbiter) · 1 answer of 2 (1 timed out) · 2.0 s · $0.5000\n',
  );
});

it('replies in which no answer was found are counted among the votes', () => {
  const [round] = resultOf({}).rounds;
  const [member] = round!.members;
  const members = ['m#1', 'm#2', 'm#3'].map((id) => ({ ...member!, id }));
  const rounds = [{ ...round!, members }];
  const shown = (groups: NonNullable<ConsortiumResult['agreement']>['groups']) =>
    renderResultSummary(resultOf({ rounds, agreement: { groups, share: 0, tied: false } }), {
      ...{ costUsd: 0, unknownCosts: 0 },
    });
  expect(shown([{ answer: '4', members: ['m#1'] }])).toContain(
    'answers: "4" 1, none found in 2 replies\n',
  );
  expect(shown([])).toContain('answers: none found in 3 replies\n  --extract says');
});
