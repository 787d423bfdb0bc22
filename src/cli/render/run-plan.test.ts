import { expect, it } from 'vitest';
import type { RunPlan } from '../../runtime/index.ts';
import { renderRunPlan, renderRunPlanJson } from './run-plan.ts';

const PLAN: RunPlan = {
  ...{ rows: 2, calls: 2, lanes: [], leastCostUsd: 1, likelyCostUsd: 2, lanesOfUnknownPrice: 0 },
  ...{ shortestTime: null, totalRequestsPerMinute: null, limitsFile: undefined },
  ...{ unusedLimits: [], notices: [] },
  rephrasing: { calls: 12, leastCostUsd: 0.5, likelyCostUsd: 0.75, keepsOriginals: true },
  judging: { calls: 6 },
};

const shown = (plan: RunPlan, onlyRephrase = false) =>
  renderRunPlan('x.jsonl', plan, { width: 100, onlyRephrase })
    .split('\n')
    .filter((line) => /^(?:before|afterwards)/.test(line));

it('says what is asked before and after the rows', () => {
  const [before, afterwards] = shown(PLAN);
  expect(before).toMatch(/at least 12 calls for other words \(about \$0\.5000, likely \$0\.7500\)/);
  expect(before).toMatch(/the new prompts are rows besides those above$/);
  expect(afterwards).toMatch(/6 calls of judges if no row fails, and as many for each new wording/);
  expect(JSON.parse(renderRunPlanJson('x.jsonl', PLAN))).toMatchObject({
    ...{ rephrasing: PLAN.rephrasing, judging: PLAN.judging },
  });
});

it('says nothing of stages that there are not, or that do not come', () => {
  const { rephrasing, judging, ...plain } = PLAN;
  expect(shown(plain)).toEqual([]);
  expect(shown({ ...plain, judging: judging! })[0]).not.toContain('new wording');
  const removed = { ...rephrasing!, keepsOriginals: false, leastCostUsd: null };
  const [before] = shown({ ...plain, rephrasing: removed });
  expect(before).toMatch(/\(of unknown price\); the new prompts are rows in the place of those/);
  const only = shown(PLAN, true);
  expect(only).toHaveLength(1);
  expect(only[0]).toMatch(/nothing else: none of those above$/);
});
