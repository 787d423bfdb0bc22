import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../test/support/hostile-text.ts';
import type { JsonValue } from '../core/json.ts';
import { expectedResponse, type PreparedScorer, SCORERS, type ScoreValue } from './index.ts';

/** An answer, what is expected, and its value. */
type Case = readonly [
  text: string,
  expected: JsonValue | undefined,
  value: ScoreValue | 'an error',
];

interface Cases {
  readonly argument?: string;
  readonly content?: string;
  readonly cases: readonly Case[];
}

const SCHEMA = '{"type":"object","required":["a"],"properties":{"a":{"type":"integer"}}}';

/** What each scorer says; one without cases fails the suite. `classifier` has a test of its own. */
const TABLE: Readonly<Record<string, readonly Cases[]>> = {
  match: [
    {
      cases: [
        ['42', '42', true],
        ['42', 42, true],
        ['1.5', 1.5, true],
        ['true', true, true],
        [' 42', '42', false],
        ['b', ['a', 'b'], true],
        ['', '', true],
      ],
    },
  ],
  includes: [
    {
      cases: [
        ['It is Paris.', 'Paris', true],
        ['It is 42!', 42, true],
        ['paris', 'Paris', false],
        ['It is Rome', ['Paris', 'Rome'], true],
      ],
    },
  ],
  exact: [
    {
      cases: [
        ['  PARIS\n', 'paris', true],
        ['STRASSE', 'straße', true],
        ['cafe\u0301', 'CAFÉ', true],
        ['ΟΔΟΣ', 'οδος', true],
        ['paris.', 'paris', false],
        ['kız', 'kiz', false],
      ],
    },
  ],
  regex: [
    {
      argument: '\\b4\\d\\b',
      cases: [
        ['is 42', undefined, true],
        ['is 142', undefined, false],
      ],
    },
    { argument: '(?i)^paris$', cases: [['Paris', undefined, true]] },
  ],
  numeric: [
    {
      cases: [
        ['So 3 + 4 makes 7.', 7, true],
        ['1,234.50', '1234.5', true],
        ['The total is $1,234,567', 1234567, true],
        ['−3', -3, true],
        ['2e-5', 0.00002, true],
        ['.5', 0.5, true],
        ['none', 7, false],
        ['#### 72', 'He has 3.\n#### 72', true],
        ['version 1.2.3', 3, false],
        ['7', 'seven', 'an error'],
        ['42%', 42, true],
        ['8', [7, 8], true],
        ['It is 3/4', 4, false],
        ['3/4', 0.75, true],
        ['So 3/2', '1/2', false],
        ['$\\frac{1}{2}$', '1/2', true],
        ['-\\dfrac{6}{4}', -1.5, true],
        ['1/0', 0, false],
        ['on 2024/01/05', 5, true],
        ['70\u202f000 €', 70_000, true],
        ['\\boxed{70{,}000}', 70_000, true],
        ['70,\\!000', 70_000, true],
        ['1.234,56 €', 1234.56, true],
        ['1.234.567,8', 1_234_567.8, true],
        ['1.234.567', 1_234_567, true],
        ["CHF 1'234.50", 1234.5, true],
        ['1\u202f234,56', 1234.56, true],
        ['-1.234,56', -1234.56, true],
        ["it is '1.234,56'.", 1234.56, true],
        ['1234.56', '1.234,56', true],
        ['1.234', 1.234, true],
        ['at (0.123,456)', 456, true],
        ['1.234,56,78', 78, true],
        [`1${'.000'.repeat(50_000)},0/`, 7, false],
        [`1${"'000".repeat(50_000)}'0`, 7, false],
        ['答えは４２．５', 42.5, true],
        ['7'.repeat(200_000), 7, false],
        [`1${',000'.repeat(50_000)}0/`, 7, false],
        [`\\frac{${' '.repeat(200_000)}`, 7, false],
        ['1/2/'.repeat(50_000), 7, false],
        ['12345678901234567891', '12345678901234567890', false],
        ['12,345,678,901,234,567,890', '12345678901234567890', true],
        ['1e20', '100000000000000000000', true],
        ['9007199254740993', '9007199254740992', false],
        ['33.333333333333333333', 33.333333333333336, true],
        ['1e-999999', 0, true],
      ],
    },
    {
      argument: 'abs=0.01',
      cases: [
        ['0.29', 0.3, true],
        ['0.288', 0.3, false],
        ['1e-999999', 0.001, true],
      ],
    },
    {
      argument: 'abs=1',
      cases: [
        ['12345678901234567891', '12345678901234567890', true],
        ['12345678901234567892', '12345678901234567890', false],
      ],
    },
    {
      argument: 'rel=0.1',
      cases: [
        ['0.63', 0.7, true],
        ['110', 100, true],
        ['111', 100, false],
        ['-95', -100, true],
      ],
    },
  ],
  choice: [
    {
      cases: [
        ['B', 'B', true],
        ['(b)', 'B', true],
        ['**B**.', 'B', true],
        ['B) Paris', 'b', true],
        ['The answer is (C), not A.', 'C', true],
        ['A or B? The correct answer: B', 'B', true],
        ['The answer is A or B', 'A', false],
        ['The answer is A or B', 'B', false],
        ['**Answer: (A)** / **(B)**', 'A', false],
        ['The answer is B or I am wrong', 'B', true],
        ['The answer is A or B. Finally, the answer is B.', 'B', true],
        ['Answer: A. No wait, the answer is D.', 'D', true],
        ['$\\boxed{D}$', '(D)', true],
        ['A capital city is hard to find', 'A', false],
        ['A is Rome and B is Paris, C is Oslo', 'B', false],
        ['I think the right one is C', 'C', true],
        ['Die Antwort lautet B', 'B', true],
        ['答案是 B', 'B', true],
        ['', 'A', false],
        ['B', 'Paris', 'an error'],
        ['C', ['B', 'C'], true],
        ['Option A is wrong.\nANSWER: $B$', 'B', true],
        ['C is not it. ANSWER: \\text{B}', 'B', true],
        ['C is not it: the answer is \\(B\\).', 'B', true],
        ['C is not it. Final answer: $\\mathrm{B}$', 'B', true],
        ['The correct answer is B.\n\nOption A is wrong.\nOption C is wrong, too.', 'B', true],
        ['B) Paris. Option A (Rome) is in Italy.', 'B', true],
        ['Option A is wrong. Option B is right.', 'A', false],
        ['Option A is wrong. Option B is right.', 'B', false],
        ['ANSWER A', 'A', true],
        ['A is Rome. The best choice is C.', 'C', true],
        ['I choose option B over A', 'B', true],
        ['A is Rome; the answer is option B', 'B', true],
        ['It cannot be A; the correct option is D.', 'D', true],
        ['A and C are wrong. Answer — B', 'B', true],
        ['The answer is: (b) Paris, not A or C', 'B', true],
        ['A 错误，C 错误。答案：B', 'B', true],
        ['A 错误，C 错误。答案是（B）', 'B', true],
        ['A 和 C 不对，故选B。', 'B', true],
        ['选项A错误，选项C错误，答案为B', 'B', true],
        ['C нет. Ответ: B', 'B', true],
        ['The answer is a city, B or C', 'A', false],
        ['C no. <answer>\n(B)</answer>', 'B', true],
        ['{"reason": "A or C?", "answer": "B"}', 'B', true],
        ['b. Paris, not C', 'B', true],
        ['e.g. C', 'C', true],
      ],
    },
  ],
  'json-equal': [
    {
      cases: [
        ['{"b": 1, "a": [1.0, 2]}', { a: [1, 2], b: 1 }, true],
        ['```json\n{"a": 1}\n```', '{"a":1}', true],
        ['[1, 2]', [1, 2], true],
        ['2', [1, 2], true],
        ['{"a": 9007199254740993}', '{"a": 9007199254740992}', false],
        ['{"a": 9007199254740993}', '{"a": 9007199254740993}', true],
        ['{"a": 1e20}', '{"a": 100000000000000000000.0}', true],
        ['```\n```', '', false],
        ['\u00a0[1]', [[1]], false],
        ['~~~\n[1]~~~', [[1]], true],
        ['{"a": 1} and more', { a: 1 }, false],
        ['{"__proto__": 1}', '{"a": 1}', false],
        ['"x"', 'x', true],
        ['null', [{ a: 1 }], false],
        ['[[1]]', [[2]], false],
      ],
    },
  ],
  'json-schema': [
    {
      argument: 'schema.json',
      content: SCHEMA,
      cases: [
        ['{"a": 1}', undefined, true],
        ['```\n{"a": 9007199254740993}\n```', undefined, true],
        ['{"a": 1.5}', undefined, false],
        ['{}', undefined, false],
        ['no', undefined, false],
      ],
    },
  ],
  levenshtein: [
    {
      cases: [
        ['kitten', 'sitting', 1 - 3 / 7],
        ['😀a', '😀b', 0.5],
        ['', '', 1],
        ['', 'ab', 0],
        ['abc', ['xyz', 'abd'], 1 - 1 / 3],
      ],
    },
  ],
  bleu: [
    {
      cases: [
        ['a b c d e', 'a b c d e', 1],
        ['x', 'y', 0],
        ['', 'y', 0],
      ],
    },
  ],
  chrf: [
    {
      cases: [
        ['abcdefg', 'abcdefg', 1],
        ['x', 'y', 0],
        ['', 'y', 0],
        ['x', ['y', 'x'], 1],
      ],
    },
  ],
  'rouge-l': [
    {
      cases: [
        ['the cat sat', 'The cat, sat!', 1],
        ['a x b y', 'a b', 2 / 3],
        ['Größe 東京', 'größe 東京', 1],
        ['', 'a', 0],
        ['a', '...', 0],
        ['b', ['a', 'b'], 1],
        ['का', 'कि', 0],
        ['पूर्व प्रधानमन्त्री', 'पूर्व प्रधानमन्त्री', 1],
        [Array(70).fill('a b').join(' '), Array(70).fill('a').join(' '), (2 * 70) / 210],
      ],
    },
  ],
  length: [
    { cases: [['héllo😀', undefined, 6]] },
    {
      argument: 'max=5',
      cases: [
        ['hello', undefined, true],
        ['hello!', undefined, false],
      ],
    },
    {
      argument: 'min=2,max=3,unit=words',
      cases: [
        ['one', undefined, false],
        ["don't do 1,000.5", undefined, true],
      ],
    },
  ],
  language: [
    {
      argument: 'en',
      cases: [
        ['Paris is the capital of France.', undefined, true],
        ['Paris ist die Hauptstadt von Frankreich.', undefined, false],
        ['巴黎是法国的首都。', undefined, false],
        ['42', undefined, null],
        ['', undefined, null],
      ],
    },
    { argument: 'FR', cases: [['Paris est la capitale de la France.', undefined, true]] },
  ],
  refusal: [
    {
      cases: [
        ["I'm sorry, but I can't help with that request.", undefined, true],
        ['I’m sorry, but I cannot assist with that.', undefined, true],
        ['As an AI language model, I cannot provide medical advice.', undefined, true],
        ['I must respectfully decline to write this.', undefined, true],
        ["I'm unable to provide that.", undefined, true],
        ['Es tut mir leid, aber dabei kann ich nicht helfen.', undefined, true],
        ['Je ne peux pas vous aider avec cela.', undefined, true],
        ['抱歉，我无法提供帮助。', undefined, true],
        ['Sure! Here is how you do it.', undefined, false],
        ['You cannot divide by zero.', undefined, false],
        ["I'm sorry to hear that. Here is what may help.", undefined, false],
        ['The company said it could not answer questions.', undefined, false],
        ["I can't help but admire the question. It is Paris.", undefined, false],
        ['', undefined, false],
      ],
    },
  ],
};

const OWN_TEST = ['classifier'];

async function prepare(name: string, { argument = '', content = '' }: Partial<Cases>) {
  const { scorer } = await SCORERS[name]!.load();
  return scorer.prepare({ argument, content, folder: '/nowhere' });
}

function scored(text: string, expected: JsonValue | undefined) {
  return { text, expected: expectedResponse(expected), finishReason: null };
}

async function scoreOf(prepared: PreparedScorer, text: string, expected?: JsonValue) {
  const [value] = await prepared.scoreBatch([scored(text, expected)]);
  return value;
}

const NAMES = Object.keys(SCORERS).filter((name) => !OWN_TEST.includes(name));

describe.each(NAMES)('%s', (name) => {
  it('gives the values of its table', async () => {
    expect(TABLE[name]?.length).toBeGreaterThan(0);
    for (const given of TABLE[name]!) {
      const prepared = await prepare(name, given);
      for (const [text, expected, value] of given.cases) {
        const label = JSON.stringify([given.argument, text.slice(0, 60), expected]);
        if (value === 'an error') {
          expect(() => prepared.scoreBatch([scored(text, expected)]), label).toThrow(/expected_/);
        } else if (typeof value === 'number') {
          expect(await scoreOf(prepared, text, expected), label).toBeCloseTo(value, 12);
        } else expect(await scoreOf(prepared, text, expected), label).toBe(value);
      }
    }
  });

  it('is what the list says of it', async () => {
    const { scorer } = await SCORERS[name]!.load();
    const needs = TABLE[name]!.some(({ cases }) =>
      cases.some(([, wanted]) => wanted !== undefined),
    );
    expect(scorer.needsExpected).toBe(needs);
    expect(scorer.argument !== undefined).toBe(SCORERS[name]!.form !== '');
  });

  it('gives a finite value to any text, and the same again', async () => {
    const prepared = await prepare(name, TABLE[name]![0]!);
    const wanted = name === 'choice' ? 'B' : '42';
    for (const text of [...Object.values(HOSTILE_TEXTS), '\ud800', '\0', '0'.repeat(10_000)]) {
      const value = await scoreOf(prepared, text, wanted);
      if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      else expect([true, false, null]).toContain(value);
      expect(await scoreOf(prepared, text, wanted)).toBe(value);
    }
  });

  it('takes time in proportion to what never ends', async () => {
    const prepared = await prepare(name, TABLE[name]![0]!);
    const wanted = name === 'choice' ? 'B' : '42';
    const endless = ['\n', ' ', '*', '1', '1,', '-', 'a-', '```\n'].flatMap((piece) =>
      ['', '```json\n', 'The answer', 'x'].map((start) => `${start}${piece.repeat(30_000)}x`),
    );
    for (const text of endless) {
      const before = process.threadCpuUsage();
      await scoreOf(prepared, text, wanted);
      const { user, system } = process.threadCpuUsage(before);
      expect((user + system) / 1000, JSON.stringify(text.slice(0, 30))).toBeLessThan(400);
    }
  });

  it('scores 100,000 answers in some 2 seconds', async () => {
    const prepared = await prepare(name, TABLE[name]![0]!);
    const texts = Array.from({ length: 1000 }, (_, at) => {
      const number = (at * 7919) % 1000;
      const text = `The city numbered ${number} lies by the river, some ${at} miles from here.`;
      const expected =
        name === 'choice' ? 'B' : `City ${number} lies on the river ${at} miles away.`;
      return scored(text, expected);
    });
    // The best of four quarters, in time of this thread: other tests run beside this one.
    const quarters: number[] = [];
    for (let quarter = 0; quarter < 4; quarter++) {
      const before = process.threadCpuUsage();
      for (let batch = 0; batch < 25; batch++) await prepared.scoreBatch(texts);
      const { user, system } = process.threadCpuUsage(before);
      quarters.push((user + system) / 1000);
    }
    expect(4 * Math.min(...quarters)).toBeLessThan(3_000);
  });
});

it.each([
  ['regex', '(a'],
  ['numeric', 'abs=x'],
  ['numeric', 'abs=1,abs=2'],
  ['numeric', 'near=1'],
  ['length', 'max=-1'],
  ['length', 'min=5,max=2'],
  ['length', 'unit=lines'],
  ['language', 'klingon'],
  ['json-schema', ''],
])('%s refuses %s', async (name, argument) => {
  await expect((async () => prepare(name, { argument }))()).rejects.toMatchObject({
    code: 'bad_usage',
  });
});

it('takes a vendor at its word that it refused', async () => {
  const { scorer } = await SCORERS.refusal!.load();
  const prepared = await scorer.prepare({ argument: '', content: '', folder: '' });
  const given = { ...scored('Sure!', undefined), finishReason: 'content_filter' };
  expect(prepared.scoreBatch([given])).toEqual([true]);
});
