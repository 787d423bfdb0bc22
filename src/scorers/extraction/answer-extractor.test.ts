import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerExtractor, expectedAnswer } from './answer-extractor.ts';

function extract(form: string | null, response: string): string | null {
  const extractor = answerExtractor(form);
  if ('problem' in extractor) throw new Error(extractor.problem);
  return extractor(response);
}

describe('by default', () => {
  it.each([
    ['Answer: 42', '42'],
    ['I think so.\n\n**Answer:** 42.', '42'],
    ['**Final answer: $1,000.00**', '1000'],
    ['Answer: 1,000', '1000'],
    ['Answer: 1000.0', '1000'],
    ['Answer: $1000', '1000'],
    ['Answer: \\boxed{1{,}000}', '1000'],
    ['Answer: 1\u202f000', '1000'],
    ['Answer: 1.234,56 €', '1234.56'],
    ['Answer: 192.168.100.200', '192.168.100.200'],
    ['Answer: 192.168.100.300', '192168100300'],
    ['Answer: 1.234.567', '1234567'],
    ["Answer: 1'234.5", '1234.5'],
    ['Answer: 12,5', '12,5'],
    ['Answer: -3', '-3'],
    ['Answer: −3', '-3'],
    ['Answer: 50 %', '50'],
    ['Answer: 1e3', '1000'],
    ['Answer: 1/4', '0.25'],
    ['Answer: 9007199254740993', '9007199254740993'],
    ['Answer: B', 'B'],
    ['Answer: (b)', 'B'],
    ['Answer: B) Paris', 'B'],
    ['Answer: option C.', 'C'],
    ['Answer: Paris.', 'paris'],
    ['ANSWER： "Paris"', 'paris'],
    ['Answer: Yes, because it rains.', 'yes'],
    ['Answer: No.', 'no'],
    ['Answer:\n\n**Paris**', 'paris'],
    ['> ## Answer: New   York', 'new york'],
    ['Answer: A\nOn second thought:\nAnswer: B', 'B'],
    ['<think>Answer: A</think>\nAnswer: B', 'B'],
    ['Answer: **Yes**, it is prime.', 'yes'],
    ['Answer: **No** – it is 59 times 61.', 'no'],
    ['Answer: Yes (it is 59 times 61).', 'yes'],
    ['Answer: Yes it is', 'yes'],
    ['Answer: **B**) Paris', 'B'],
    ['Answer: **B.** Paris', 'B'],
    ['Answer: *B*: Paris', 'B'],
    ['Answer: B - Paris', 'B'],
    ['Answer: A – Paris', 'A'],
    ['Answer: **A** (Paris)', 'A'],
    ['Answer: Option C (42)', 'C'],
    ['Answer: $\\text{A}$', 'A'],
    ['Answer: \\(\\boxed{A}\\)', 'A'],
    ['Answer: $\\boxed{\\text{Paris}}$.', 'paris'],
    ['Answer: \\[\\mathbf{42}\\]', '42'],
    ['Answer: 42<|im_end|>', '42'],
    ['Answer: B</s>', 'B'],
    ['"Answer: 42"', '42'],
    ['(Answer: B)', 'B'],
    ['So 17 * 23 is 391. Answer: 391', '391'],
    ['Is it? **Final answer:** yes', 'yes'],
    ['### Final Answer\n\n42', '42'],
    ['**Answer**\nParis', 'paris'],
    ['The correct answer is: B', 'B'],
    ['Antwort:\n\nAntwort: C', 'C'],
    ['**Die endgültige Antwort lautet: 42**', '42'],
    ['**Réponse finale :** 42', '42'],
    ['Respuesta: No.', 'no'],
    ['La risposta è: Roma', 'roma'],
    ['Ответ: 42', '42'],
    ['最终答案：B', 'B'],
    ['答え：42', '42'],
    ['정답: 42', '42'],
  ])('%j says %j', (response, answer) => {
    expect(extract(null, response)).toBe(answer);
  });

  it.each([
    '',
    'It is 42.',
    'Answer:',
    'Answer: \n \n',
    'My answering: 3',
    'A wrong answer: 3',
    'What is the answer\n3',
    'Answer\n',
    '<think>Answer: A</think>',
  ])('nothing is said by %j', (response) => {
    expect(extract(null, response)).toBeNull();
  });

  it.each([
    ['Answer: 1, 2, 3', 'Answer: 3'],
    ['Answer: yes', 'Answer: no'],
    ['Answer: Vitamin C', 'Answer: C'],
    ['Answer: 0.1', 'Answer: 0.10000000000000000001'],
    ['Answer: 12 apples', 'Answer: 21 apples'],
    ['Answer: 2**10', 'Answer: 210'],
    ['Answer: N - 1', 'Answer: N'],
    ['Answer: P (A)', 'Answer: P'],
    ['Answer: No idea', 'Answer: No'],
    ['Answer: a (small) dog', 'Answer: A'],
    ['Answer: \\boxed{1} and \\boxed{2}', 'Answer: 2'],
  ])('%j is another answer than %j', (one, other) => {
    expect(extract(null, one)).not.toBe(extract(null, other));
  });
});

describe('a form', () => {
  it.each([
    ['number', 'First 3, then 1,234.50 in all.', '1234.5'],
    ['number', 'Answer: 7 apples\nThat took 3 steps.', '7'],
    ['choice', 'The answer is (C).', 'C'],
    ['choice', 'Answer: see below\nIt is B.', 'B'],
    ['choice', 'The correct answer is d.', 'D'],
    ['choice', 'Answer: A, because B is wrong', 'A'],
    ['choice', 'Answer: A or I think so', 'A'],
    ['choice', 'A, I think', 'A'],
    ['choice', 'Answer: \\(\\text{A}\\)', 'A'],
    ['choice', 'Answer: $\\text{A}$', 'A'],
    ['number', 'Answer: We add.\n3 + 4 = 7', '7'],
    ['text', '  Hello,\n World! ', 'hello, world'],
    ['text', 'Well.\nAnswer: Hello', 'hello'],
    ['json:/answer', '{"answer": 1000.0}', '1000'],
    ['json:/answer', 'So:\n```json\n{"answer": " Paris "}\n```\n', 'paris'],
    ['json:/a~1b/1', '{"a/b": [1, {"y": 1, "x": 2}]}', '[["x",2],["y",1]]'],
    ['json:', '[1, 2]', '[1,2]'],
    ['re:total=(\\d+)', 'total=1 total=02', '2'],
    ['re:(?i)paris', 'I love PARIS', 'paris'],
  ])('%s finds in %j %j', (form, response, answer) => {
    expect(extract(form, response)).toBe(answer);
  });

  it.each([
    ['json:/answer', 'no json'],
    ['json:/answer', '{"other": 1}'],
    ['json:/length', '[1, 2]'],
    ['json:/__proto__', '{"a": 1}'],
    ['re:(\\d+)', 'none'],
    ['number', 'none'],
    ['choice', 'B or C'],
    ['choice', 'Option B is wrong.\nAnswer: none of the above'],
    ['choice', "Answer: I don't know"],
    ['choice', 'The answer is a'],
    ['choice', 'Answer: either A or B'],
    ['choice', 'It may be B or A.'],
    ['choice', 'It is either A or I.'],
    ['choice', 'Answer: A or I'],
    ['choice', 'Answer: I or B'],
    ['choice', 'Answer: \\(A\\) or \\(B\\)'],
    ['choice', 'Answer: \\[A\\] or \\[B\\]'],
    ['number', 'I tried 3 ways.\nAnswer: unknown'],
  ])('%s finds nothing in %j', (form, response) => {
    expect(extract(form, response)).toBeNull();
  });

  it.each([
    ['numbers', /must be number/],
    ['number:3', /must be number/],
    ['json:answer', /JSON pointer/],
    ['re:', /needs a pattern/],
    ['re:(', /cannot be read/],
    ['re:(a)\\1', /cannot be read/],
  ])('%s is none', (form, problem) => {
    expect(answerExtractor(form)).toMatchObject({ problem: expect.stringMatching(problem) });
  });
});

it('finds in what is expected the same as in a response', () => {
  expect(expectedAnswer(null, '$1,000')).toBe(extract(null, 'Answer: 1000.0'));
  expect(expectedAnswer(null, 1000)).toBe('1000');
  expect(expectedAnswer('choice', '(b)')).toBe('B');
  expect(expectedAnswer('json:/x', 1000)).toBe(extract('json:/x', '{"x": 1e3}'));
  expect(expectedAnswer('number', 'none')).toBeNull();
});

it('takes time in proportion to the text', () => {
  const long = [
    ' '.repeat(200_000),
    'answer '.repeat(30_000),
    '*'.repeat(200_000),
    '\n'.repeat(200_000),
    '```'.repeat(2_000_000),
    '. Answer'.repeat(30_000),
    '. Answer: '.repeat(30_000),
    '\\boxed{'.repeat(30_000),
    '$'.repeat(200_000),
    '(*A or '.repeat(30_000),
    '<|a|> '.repeat(30_000),
    'B ('.repeat(50_000),
  ];
  const startMs = performance.now();
  for (const text of long) {
    for (const form of [null, 'number', 'text', 'choice', 're:(a+)+$', 'json:/a']) {
      extract(form, text);
      extract(form, `Answer:${text}x`);
    }
  }
  expect(performance.now() - startMs).toBeLessThan(5_000);
});

it('never throws, and finds no empty answer', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.constantFrom(null, 'number', 'text', 'choice', 're:.*', 'json:'),
      (text, form) => {
        expect(extract(form, text)).not.toBe('');
        expect(extract(form, `Answer: ${text}`)).not.toBe('');
      },
    ),
  );
});
