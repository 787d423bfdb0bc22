import { expect, it } from 'vitest';
import { answerState } from './answered.ts';

it.each([
  [{ response: 'x', answer: { status: 'ok' } }, 'answered'],
  [{ response: [' ', ['x']] }, 'answered'],
  [{ response: ' \n', answer: { status: 'ok' } }, 'empty'],
  [{ prompt: 'p' }, 'empty'],
  [{ response: null, answer: { status: 'error' } }, 'error'],
  [{ response: null, 'answer-status': 'error', 'answer-error': 'timeout: late' }, 'error'],
  [{ response: 'ValueError - no key' }, 'error'],
  [{ response: 'An unexpected error occurred when querying the API: (E) - e' }, 'error'],
  [{ response: 'An unexpected error occurred when querying the API: E - e' }, 'error'],
  [{ response: 'ValueError is raised for this' }, 'answered'],
])('tells of %j whether it can be judged', (record, state) => {
  expect(answerState(record)).toBe(state);
});
