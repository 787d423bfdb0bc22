import { expect, test } from 'vitest';
import { ProblemList } from './problem-list.ts';
import type { Problem } from './row/problem.ts';

function problem(severity: Problem['severity'], line: number): Problem {
  return { severity, line, column: null, message: 'wrong', hint: null };
}

test('counts every problem and keeps no more than 10,000 of them', () => {
  const list = new ProblemList();
  for (let line = 1; line <= 10_050; line++) list.add(problem('error', line));
  expect(list.kept).toHaveLength(10_000);
  expect([list.total, list.errors]).toEqual([10_050, 10_050]);
});

test('keeps errors that come after any number of warnings', () => {
  const list = new ProblemList();
  list.addAll(Array.from({ length: 20_000 }, (_, line) => problem('warning', line + 1)));
  list.add(problem('error', 20_001));
  expect(list.kept.filter(({ severity }) => severity === 'error')).toHaveLength(1);
  expect([list.total, list.errors]).toEqual([20_001, 1]);
});
