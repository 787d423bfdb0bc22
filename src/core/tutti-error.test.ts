import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { answerError } from './answer.ts';
import { CallError } from './call-error.ts';
import { TuttiError } from './tutti-error.ts';
import { AnswerFailure, LaneFailure } from './workflow.ts';

const failed = new CallError('timeout', 'slow');

it.each([
  ['TuttiError', new TuttiError('bad_usage', 'slow')],
  ['CallError', failed],
  ['AnswerFailure', new AnswerFailure(answerError(failed))],
  ['LaneFailure', new LaneFailure(answerError(failed))],
])('%s is shown by its own name, with what it holds', (name, error) => {
  expect(String(error)).toBe(`${name}: slow`);
  expect(error.stack).toMatch(new RegExp(`^${name}: slow\n    at `));
  expect(inspect(error)).toMatch(new RegExp(`^${name}: slow\n`));
  expect(error).toBeInstanceOf(TuttiError);
});
