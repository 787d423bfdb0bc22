import { describe, expect, test } from 'vitest';
import { makeQuestions } from './make-questions.ts';
import { findQuestion, QUESTION_KINDS } from './question.ts';
import { isRight, saidAnswer } from './said-answer.ts';

describe.each(QUESTION_KINDS)('questions of the kind %s', (kind) => {
  const rows = [...makeQuestions(2000, kind, 1)];

  test('tell the truth by their text', () => {
    for (const { prompt, expected_response } of rows) {
      expect(findQuestion(`Think well.\n\n${prompt}\n\nThank you.`)).toMatchObject({
        kind,
        right: expected_response,
      });
    }
  });

  test('are told again where white space was changed', () => {
    const [{ prompt } = { prompt: '' }] = rows;
    expect(findQuestion(prompt.replace(/\n/g, '  '))).toEqual(findQuestion(prompt));
  });

  test('are all different, by prompt and by id, and the same for the same seed', () => {
    expect(new Set(rows.map(({ prompt }) => prompt)).size).toBe(rows.length);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect([...makeQuestions(2000, kind, 1)]).toEqual(rows);
    expect([...makeQuestions(3, kind, 2)].map(({ prompt }) => prompt)).not.toEqual(
      rows.slice(0, 3).map(({ prompt }) => prompt),
    );
  });

  test('have every right answer about equally often', () => {
    if (kind === 'number') return;
    const counts = Map.groupBy(rows, (row) => row.expected_response);
    const share = kind === 'yesno' ? 1 / 2 : 1 / 4;
    const error = Math.sqrt((share * (1 - share)) / rows.length);
    expect(counts.size).toBe(1 / share);
    for (const found of counts.values()) {
      expect(Math.abs(found.length / rows.length - share)).toBeLessThan(3.5 * error);
    }
  });

  test('have wrong answers that are not the right one', () => {
    for (const { prompt } of rows.slice(0, 50)) {
      const { right, wrong } = findQuestion(prompt)!;
      expect(new Set([right, ...wrong]).size).toBe(wrong.length + 1);
    }
  });
});

test('the answer of a text is its last line that names one', () => {
  expect(saidAnswer('Answer: no\nI was wrong.\n**x**\nanswer:  Yes.')).toBe('yes');
  expect(saidAnswer('7041')).toBe('7041');
  expect(saidAnswer('I went over it, and over it, and I cannot say what it is.')).toBe(null);
  expect(isRight('Answer: YES', { right: 'yes' })).toBe(true);
  expect(isRight('Answer: no', { right: 'yes' })).toBe(false);
});

test('other texts are no questions', () => {
  expect(findQuestion('What is 17 * 23?')).toBe(undefined);
  expect(findQuestion('What is 1 + 1? A) 3 B) 4 C) 5 D) 6 Answer with one letter.')).toBe(
    undefined,
  );
});
