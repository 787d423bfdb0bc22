import { describe, expect, test } from 'vitest';
import type { Asked } from '../protocols/protocol.ts';
import { makeQuestions } from '../questions/make-questions.ts';
import type { QuestionKind } from '../questions/question.ts';
import { readPanelSettings } from '../settings/panel-settings.ts';
import { PanelModel } from './panel-model.ts';

const QUESTIONS = 4000;
/** Standard errors within which a figure must be. */
const WITHIN = 3;

function model(query: string): PanelModel {
  const settings = readPanelSettings(query);
  if ('problem' in settings) throw new Error(settings.problem);
  return new PanelModel(settings);
}

function asked(prompt: string, more: Partial<Asked> = {}): Asked {
  const messages = [{ role: 'user', text: prompt }] as const;
  const usual = { choices: 1, stream: false, includeUsage: false, maxTokens: null };
  return { ...usual, protocol: 'openai-chat', model: 'm', messages, prompt, ...more };
}

/** What several members answer to each question; null where an answer is not to be read. */
function answersOf(members: readonly PanelModel[], kind: QuestionKind, count = QUESTIONS) {
  return [...makeQuestions(count, kind, 7)].map(({ prompt, expected_response: right }) => ({
    right,
    answers: members.map((member) => {
      const text = member.answer(asked(prompt)).texts[0] ?? '';
      return /\nAnswer: (.+)$/.exec(text)?.[1] ?? null;
    }),
  }));
}

function expectNear(share: number, expected: number, count: number): void {
  const error = Math.sqrt((expected * (1 - expected)) / count);
  expect(Math.abs(share - expected)).toBeLessThanOrEqual(WITHIN * error);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The correlation of two lists of errors. */
function phi(one: readonly number[], other: readonly number[]): number {
  const [left, right] = [mean(one), mean(other)];
  const both = mean(one.map((value, index) => (value - left) * ((other[index] ?? 0) - right)));
  return both / Math.sqrt(left * (1 - left) * right * (1 - right));
}

/** The share of questions that the most votes decide rightly; of several with as many votes each counts its share. */
function plurality(rows: ReturnType<typeof answersOf>): number {
  return mean(
    rows.map(({ right, answers }) => {
      const votes = new Map<string, number>();
      for (const answer of answers) {
        if (answer !== null) votes.set(answer, (votes.get(answer) ?? 0) + 1);
      }
      const most = Math.max(0, ...votes.values());
      const first = [...votes].filter(([, count]) => count === most).map(([answer]) => answer);
      return first.includes(right) ? 1 / first.length : 0;
    }),
  );
}

describe('a member', () => {
  test.each([
    ['yesno', 0.7],
    ['choice', 0.7],
    ['number', 0.9],
    ['choice', 0.25],
  ] as const)('is right to %s questions with its skill, %f', (kind, skill) => {
    const rows = answersOf([model(`skill=${skill}`)], kind);
    const share = mean(rows.map(({ right, answers }) => (answers[0] === right ? 1 : 0)));
    expectNear(share, skill, rows.length);
  });

  test('gives each of the wrong choices equally often', () => {
    const wrong = answersOf([model('skill=0.1')], 'choice').flatMap(({ right, answers }) => {
      const others = ['A', 'B', 'C', 'D'].filter((letter) => letter !== right);
      const place = others.indexOf(answers[0] ?? '');
      return place < 0 ? [] : [place];
    });
    for (const place of [0, 1, 2]) {
      expectNear(wrong.filter((one) => one === place).length / wrong.length, 1 / 3, wrong.length);
    }
  });

  test.each([0, 0.3, 0.6])('errs with the correlation %f, whatever the seed', (correlation) => {
    const members = [1, 2, 3].map((seed) => model(`correlation=${correlation}&seed=${seed}`));
    const rows = answersOf(members, 'yesno');
    const errors = members.map((_, at) =>
      rows.map(({ right, answers }) => (answers[at] === right ? 0 : 1)),
    );
    const [one = [], two = [], three = []] = errors;
    for (const found of [phi(one, two), phi(one, three), phi(two, three)]) {
      // The standard error of a correlation of pairs, with a little more for its skewness.
      const error = (1.3 * Math.sqrt(1 - correlation ** 2)) / Math.sqrt(rows.length);
      expect(Math.abs(found - correlation)).toBeLessThanOrEqual(WITHIN * error);
    }
    for (const list of errors) expectNear(mean(list), 0.3, rows.length);
  });

  test.each([
    ['yesno', 'skill=0.7', 0.837],
    ['choice', 'skill=0.7', 0.91],
    ['yesno', 'skill=0.7&unparsed=0.1', 0.815],
    ['yesno', 'skill=0.7&correlation=0.3', 0.744],
  ] as const)('makes five instances right to %s questions with %s by plurality: %f', (...row) => {
    const [kind, query, expected] = row;
    // One model, asked the same five times: its instances differ by that alone.
    const member = model(query);
    const share = plurality(answersOf([member, member, member, member, member], kind));
    expect(Math.abs(share - expected)).toBeLessThanOrEqual(0.018);
  });

  test('is unparsed and hangs as often as it is told to', () => {
    const member = model('unparsed=0.1&hang=0.02');
    const answers = [...makeQuestions(QUESTIONS, 'yesno', 1)].map(({ prompt }) =>
      member.answer(asked(prompt)),
    );
    const count = (is: (one: (typeof answers)[number]) => boolean) =>
      answers.filter(is).length / QUESTIONS;
    expectNear(
      count(({ texts }) => !texts[0]?.includes('Answer:')),
      0.1,
      QUESTIONS,
    );
    expectNear(
      count(({ hangs }) => hangs),
      0.02,
      QUESTIONS,
    );
    const unread = answers.find(({ texts }) => !texts[0]?.includes('Answer:'));
    expect(unread?.texts[0]).not.toMatch(/\d|\byes\b|\bno\b|\b[A-D]\b/);
  });

  test('answers the same question anew each time, and the n-th time the same in every process', () => {
    const prompt = 'Is 1234 + 1000 equal to 2234? Answer yes or no.';
    const twenty = () => {
      const member = model('skill=0.5');
      return Array.from({ length: 20 }, () => member.answer(asked(prompt)).texts[0]);
    };
    expect(twenty()).toEqual(twenty());
    expect(new Set(twenty()).size).toBe(2);
  });

  test('answers a request with a seed the same each time', () => {
    const member = model('skill=0.5');
    const prompt = 'Is 1234 + 1000 equal to 2234? Answer yes or no.';
    const seeded = (seed: string) => member.answer(asked(prompt, { seed })).texts[0];
    const once = Array.from({ length: 20 }, (_, seed) => seeded(String(seed)));
    expect(Array.from({ length: 20 }, (_, seed) => seeded(String(seed)))).toEqual(once);
    expect(new Set(once).size).toBe(2);
  });

  test('gives each choice of one request an answer of its own', () => {
    const prompt = 'What is 1234 + 1000? Answer with a number.';
    const { texts } = model('skill=0.1').answer(asked(prompt, { choices: 8 }));
    expect(texts).toHaveLength(8);
    expect(new Set(texts).size).toBeGreaterThan(3);
  });

  test('finds the question in an earlier turn', () => {
    const question = 'What is 1234 + 1000? Answer with a number.';
    const messages = [
      { role: 'user', text: question },
      { role: 'assistant', text: 'Answer: 7' },
      { role: 'user', text: 'Improve your answer by this synthesis: Answer: 8' },
    ] as const;
    const { texts } = model('skill=1').answer(asked(messages[2].text, { messages }));
    expect(texts[0]).toMatch(/\nAnswer: 2234$/);
  });

  test('answers rehearsal questions with its skill, and any other prompt with one of four words', () => {
    expect(model('skill=1').answer(asked('What is 17 * 23?')).texts[0]).toMatch(/Answer: 391$/);
    expect(model('skill=0').answer(asked('What is 17 * 23?')).texts[0]).not.toMatch(/: 391$/);
    expect(model('').answer(asked('Write a poem.')).texts[0]).toMatch(
      /Answer: (?:alpha|beta|gamma|delta)$/,
    );
  });

  test('of another seed or skill has other words', () => {
    const words = ['seed=1', 'seed=2', 'skill=0.8', 'skill=0.81'].map(
      (query) => model(query).answer(asked('What is 1 + 1?')).texts[0]?.split('\n')[0],
    );
    expect(new Set(words).size).toBe(4);
  });
});
