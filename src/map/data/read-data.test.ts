import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseExactJson } from '../../core/exact-json.ts';
import { readJsonSchema } from '../../json-schema/index.ts';
import { bestReading, reaskMessage } from './best-reading.ts';
import { keyMistakes } from './key-mistakes.ts';
import { type GivenForm, type OutputForm, outputForm } from './output-form.ts';
import { readData } from './read-data.ts';

async function form(given: GivenForm): Promise<OutputForm> {
  const read = await outputForm(given);
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  return read;
}

let qa: OutputForm;
let one: OutputForm;
let typed: OutputForm;
let open: OutputForm;
beforeAll(async () => {
  qa = await form({ columns: 'question,answer' });
  one = await form({ columns: 'question,answer', single: true });
  typed = await form({
    columns: 'score:integer,label:a|b,tags:string[],note?:string',
    single: true,
  });
  open = await form({
    schema: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: {
          a: { type: 'string' },
          b: { type: ['string', 'null'] },
          c: { type: 'integer' },
        },
        required: ['a'],
      },
    },
  });
});

const read = (text: string, given = qa, finishReason: string | null = 'stop') =>
  readData(text, finishReason, given);
const A = { question: 'a', answer: 'b' };
const TWO = JSON.stringify({ rows: [A, { question: 'c', answer: 'd' }] });

describe('an answer', () => {
  it.each([
    ['the whole', `{"rows":[${JSON.stringify(A)}]}`],
    ['a list by itself', JSON.stringify([A])],
    ['behind thinking', `<think>{"rows":[]} or [1]?</think>\n${JSON.stringify([A])}`],
    [
      'in a fence',
      `Here you are:\n\`\`\`json\n${JSON.stringify([A], null, 2)}\n\`\`\`\nIs it [right]?`,
    ],
    ['in prose', `As [1] says: {"rows":[${JSON.stringify(A)}]} is what {you} want.`],
    ['in prose with an open bracket', `(see [below) ${JSON.stringify([A])}`],
    ['behind a mark of the byte order', `\ufeff${JSON.stringify([A])}`],
  ])('is read as %s', (_, text) => {
    expect(read(text)).toEqual({
      objects: [A],
      errors: [],
      repaired: false,
      droppedKeys: 0,
      isEmpty: false,
    });
    expect(read(text, qa, null).objects).toEqual([A]);
  });

  it.each([
    ['single quotes', "{'rows':[{'question':'a','answer':'b'}]}"],
    ['commas too many', '{"rows":[{"question":"a","answer":"b",},]}'],
    ['brackets that are missing', '{"rows":[{"question":"a","answer":"b"}'],
    ['keys without quotes', 'Sure: {rows:[{question:"a",answer:"b"}]}'],
    ['a fence', '```json\n{"rows":[{"question":"a","answer":"b",}]}\n```'],
  ])('with %s is repaired only where its model has ended it', (_, text) => {
    expect(read(text)).toMatchObject({ objects: [A], errors: [], repaired: true });
    expect(read(text, qa, 'tool_calls').objects).toEqual([A]);
    for (const reason of ['length', null, 'content_filter', 'other']) {
      expect(read(text, qa, reason)).toMatchObject({ objects: [], repaired: false });
      expect(read(text, qa, reason).errors).toHaveLength(1);
    }
  });

  it('that was cut gives nothing, wherever it was cut and however it was written', () => {
    const value = fc.record({ question: fc.string(), answer: fc.string() });
    const written = fc.tuple(
      fc.array(value, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(
        (json: string) => json,
        (json: string) => `{"rows":${json}}`,
        (json: string) => `Here:\n\`\`\`json\n${json}\n\`\`\`\n`,
        (json: string) => `<think>[{"question":"x","answer":"y"}]</think>${json}`,
        (json: string) => `I say ${json}`,
      ),
      fc.boolean(),
    );
    fc.assert(
      fc.property(
        written,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ([objects, write, isWide], share) => {
          const text = write(JSON.stringify(objects, null, isWide ? 2 : 0)).trimEnd();
          expect(read(text).objects).toEqual(objects);
          const cut = text.slice(0, Math.min(text.length - 1, Math.floor(text.length * share)));
          expect(read(cut, qa, 'length')).toMatchObject({
            objects: [],
            repaired: false,
            isEmpty: false,
          });
        },
      ),
    );
    for (let end = 0; end < TWO.length; end++) {
      for (const reason of ['length', null, 'content_filter']) {
        expect(read(TWO.slice(0, end), qa, reason).objects, TWO.slice(0, end)).toEqual([]);
      }
    }
    expect(read(TWO, qa, 'length').objects).toHaveLength(2);
  });

  const C = { question: 'c', answer: 'd' };
  const both = [JSON.stringify(A), JSON.stringify(C)];

  it.each([
    ['lines', both.join('\n')],
    ['commas', both.join(',\n')],
    ['a comma at the end', `${both.join(',')},`],
    ['lines in a fence', `Here:\n\`\`\`jsonl\n${both.join('\n')}\n\`\`\`\nDone.`],
  ])('may be a list of objects without brackets, where its model has ended it: %s', (_, text) => {
    expect(read(text)).toMatchObject({ objects: [A, C], errors: [], repaired: true });
    for (const reason of ['length', null, 'other']) {
      expect(read(text, qa, reason)).toMatchObject({ objects: [], errors: [{ path: '' }] });
    }
    expect(read(text, one).errors).toHaveLength(1);
  });

  it.each([
    ['objects with words between them', `1. ${both[0]}\n2. ${both[1]}`],
    ['an object alone', `So: ${both[0]}`],
    ['objects in two fences', ['', '', ''].join(`\n\`\`\`\n${both.join('\n')}\n\`\`\`\n`)],
    ['an object that is left open', `${both[0]}\n{"question":"c"`],
  ])('is no list of %s', (_, text) => {
    expect(read(text).errors).not.toEqual([]);
  });

  it.each([
    ['a fence', '```json\n[{"a":"1","c":null}]\n```'],
    ['prose', 'Here: [{"a":"1","c":null}].'],
    [
      'two fences, once without the null',
      '```\n[{"a":"1","c":null}]\n```\nor\n```\n[{"a":"1"}]\n```',
    ],
  ])('is one answer with its optional null in %s', (_, text) => {
    expect(read(text, open)).toMatchObject({ objects: [{ a: '1' }], errors: [] });
  });

  it.each([
    ['lists', `[${both[0]}]\nNo, rather:\n[${both[1]}]`, 'rows'],
    ['fences', `\`\`\`json\n[${both}]\n\`\`\`\nand\n\`\`\`json\n[${both[0]}]\n\`\`\`\n`, 'rows'],
    ['wrapped lists', `{"rows":[${both[0]}]}\n{"rows":[${both[1]}]}`, 'rows'],
    ['objects', `First ${both[0]}, then ${both[1]}.`, 'row'],
  ])('that holds two %s which are what was asked for is asked for again', (_, text, name) => {
    const reading = read(text, name === 'rows' ? qa : one);
    expect(reading.errors).toEqual([{ path: '', message: 'holds more than one such answer' }]);
    expect(reading.objects).not.toEqual([]);
  });

  it.each([
    `[${both[0]}], again:\n\`\`\`json\n[\n ${both[0]}\n]\n\`\`\`\n`,
    `I thought of [${both[1]}]:\n\`\`\`json\n[${both[0]}]\n\`\`\`\n`,
    `The form is {"question": 1} or []: [${both[0]}] {"x": 1}`,
  ])('holds one answer where others are the same or not what was asked for: %s', (text) => {
    expect(read(text)).toMatchObject({ objects: [A], errors: [] });
  });

  it('without objects is empty, and without JSON a mistake', () => {
    expect(read('{"rows":[]}')).toMatchObject({ isEmpty: true, errors: [] });
    for (const text of [
      '',
      'No.',
      '42',
      '"x"',
      'null',
      '{"question":"a","answer":"b"}',
      '[1]',
      '{"rows":3}',
    ]) {
      expect(read(text), text).toMatchObject({ objects: [], isEmpty: false });
      expect(read(text).errors.length, text).toBeGreaterThan(0);
    }
  });
});

describe('objects of columns', () => {
  it('lose other keys, counted, and keep the order of the columns', () => {
    const { objects, droppedKeys } = read(
      '{"n":1,"rows":[{"x":1,"answer":"b","y":{},"question":"a"}]}',
    );
    expect(Object.keys(objects[0]!)).toEqual(['question', 'answer']);
    expect(droppedKeys).toBe(3);
  });

  it('have the JSON text of numbers and booleans where texts are asked, and nothing else is changed', () => {
    expect(read('{"question":9007199254740993,"answer":true}', one).objects).toEqual([
      { question: '9007199254740993', answer: 'true' },
    ]);
    expect(
      read('{"score":4.0,"label":"a","tags":["x",1.50,false]}', typed).objects[0]!.tags,
    ).toEqual(['x', '1.50', 'false']);
    for (const text of [
      '{"question":null,"answer":"b"}',
      '{"question":["a"],"answer":"b"}',
      '{"question":{},"answer":"b"}',
      '{"Question":"a","answer":"b"}',
    ]) {
      expect(read(text, one).objects, text).toEqual([]);
    }
    expect(read('{"score":"4","label":"a","tags":[]}', typed).errors).toEqual([
      { path: '/score', message: 'must be integer' },
    ]);
    expect(read('{"score":4,"label":"c","tags":[]}', typed).errors).toEqual([
      { path: '/label', message: 'must be one of "a", "b"' },
    ]);
  });

  it('lose nulls of optional columns, and of no others', () => {
    expect(read('{"score":4,"label":"a","tags":[],"note":null}', typed).objects).toEqual([
      { score: 4, label: 'a', tags: [] },
    ]);
    expect(read('{"score":null,"label":"a","tags":[],"note":null}', typed).errors).toEqual([
      { path: '/score', message: 'must be integer' },
    ]);
  });

  it('keep their numbers as they are written', () => {
    const { objects } = read('{"score":9007199254740993,"label":"a","tags":[]}', typed);
    expect(JSON.stringify(objects)).toBe('[{"score":9007199254740993,"label":"a","tags":[]}]');
    const large = read('{"score":1e400,"label":"a","tags":[]}', typed).objects;
    expect(JSON.stringify(large)).toBe('[{"score":1e400,"label":"a","tags":[]}]');
    expect(read('{"score":NaN,"label":"a","tags":[]}', typed).objects).toEqual([]);
  });
});

describe('objects of a schema', () => {
  it('are what it says, with their further keys, and nulls where it allows them', () => {
    const text = '[{"a":"x","b":null,"c":null,"d":1.0},{"a":1},{"a":"y","c":"1"}]';
    const { objects, errors } = read(text, open);
    expect(JSON.stringify(objects)).toBe('[{"a":"x","b":null,"d":1.0}]');
    expect(errors).toEqual([
      { path: '/1/a', message: 'must be string' },
      { path: '/2/c', message: 'must be integer' },
    ]);
  });

  it('stay where the list as a whole is wrong', async () => {
    const given = await form({ schema: { type: 'array', minItems: 2, items: { type: 'object' } } });
    expect(read('{"rows":[{"a":1}]}', given)).toMatchObject({
      objects: [{ a: 1 }],
      errors: [{ path: '/rows', message: 'must NOT have fewer than 2 items' }],
    });
  });

  it('are objects, whatever else it allows', async () => {
    const given = await form({ schema: { type: 'array', items: {} } });
    expect(read('[1,{"a":1},[],null]', given)).toMatchObject({
      objects: [{ a: 1 }],
      errors: [{ path: '/0' }, { path: '/2' }, { path: '/3' }],
    });
  });

  it('are valid by another reader of the same schema', () => {
    const schema = readJsonSchema(
      '{"type":"array","items":{"type":"object","properties":{"a":{"type":"string"},"c":{"type":"integer"}},"required":["a"]}}',
    );
    const anything = fc.array(
      fc.dictionary(
        fc.constantFrom('a', 'b', 'c', 'd'),
        fc.oneof(fc.jsonValue(), fc.string(), fc.integer()),
      ),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(anything, (objects) => {
        const { objects: right } = read(JSON.stringify(objects), open);
        expect(schema.mistakeIn(JSON.parse(JSON.stringify(right)))).toBeNull();
      }),
    );
  });
});

describe('a hostile answer', () => {
  it('has no object that is right where each has a key twice, however many there are', () => {
    const twice = '{"question":"a","answer":"b","question":"c"}';
    const { objects, errors } = read(`{"rows":[${Array(150).fill(twice).join(',')}]}`);
    expect([objects.length, errors.length]).toEqual([0, 100]);
  });

  it('may not name a prototype or a key twice', () => {
    for (const text of [
      '{"rows":[{"question":"a","answer":"b","__proto__":{"x":1}}]}',
      '{"rows":[{"question":"a","answer":"b","\\u005f_proto__":1}]}',
      '{"rows":[{"question":"a","answer":"b","question":"c"}]}',
    ]) {
      const { objects, errors } = read(text);
      expect([objects, errors.map(({ path }) => path)]).toEqual([[], ['/rows/0']]);
    }
    expect(read('[{"a":"x","d":[{"e":1,"e":2}]},{"a":"y"}]', open)).toMatchObject({
      objects: [{ a: 'y' }],
      errors: [{ path: '/0/d/0' }],
    });
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('does not make inherited keys its own', async () => {
    const given = await form({ columns: 'constructor,toString?', single: true });
    expect(read('{}', given).objects).toEqual([]);
    expect(read('{"constructor":"a"}', given).objects).toEqual([{ constructor: 'a' }]);
  });

  it('has at most so many objects', async () => {
    const many = JSON.stringify(Array.from({ length: 100_000 }, () => A));
    expect(read(many)).toMatchObject({
      objects: [],
      errors: [{ message: expect.stringContaining('100000') }],
    });
    const given = await form({ columns: 'question,answer', maxObjects: 200_000 });
    expect(read(many, given).objects).toHaveLength(100_000);
  });

  it('may be deep, or long, or nothing but brackets', () => {
    const deep = `{"rows":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    for (const text of [
      deep,
      '['.repeat(1_000_000),
      '{"a":'.repeat(200_000),
      `[${'{"a":1} '.repeat(200_000)}]`,
    ]) {
      expect(read(text)).toMatchObject({ objects: [] });
    }
    const long = JSON.stringify([{ question: 'x'.repeat(64 * 1024 * 1024), answer: '' }]);
    expect(read(long).objects[0]!.question).toHaveLength(64 * 1024 * 1024);
    expect(read(long.slice(0, -2), qa, 'length').objects).toEqual([]);
  });

  it('is not mended where it is nested so deeply that mending would take seconds', () => {
    expect(read(`[{"a":1},${'{'.repeat(99_000)}`).errors).toMatchObject([
      { message: expect.stringContaining('nested too deeply') },
    ]);
  });

  it('keeps lone surrogates', () => {
    const { objects } = read('{"question":"\\ud800","answer":"b"}', one);
    expect(JSON.stringify(objects[0])).toBe('{"question":"\\ud800","answer":"b"}');
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '\\',
      'a',
      '1',
      '```\n',
      '"rows"',
      'null',
      ' ',
      "'",
      '</think>',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 60 }),
        (pieces) => {
          for (const reason of ['stop', 'length', null]) read(pieces.join(''), qa, reason);
        },
      ),
    );
  });
});

describe('keys of objects', () => {
  const name = fc.constantFrom('a', 'b', '\\u0061', '__proto__', 'x\\": y', '');
  const { text } = fc.letrec<{ text: string }>((tie) => ({
    text: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom('1', '1.0', 'null', '"a"', '"\\":"', '"say \\": x"', '" : "'),
      fc.array(tie('text'), { maxLength: 3 }).map((all) => `[${all.join(' , ')}]`),
      fc
        .array(fc.tuple(name, fc.constantFrom(':', ' : ', '\n:'), tie('text')), { maxLength: 4 })
        .map((all) => `{${all.map(([key, colon, one]) => `"${key}"${colon}${one}`).join(',')}}`),
    ),
  }));

  it('are gone through where one may be wrong, and only there', () => {
    const suspect = parseExactJson('{"__proto__":0}');
    fc.assert(
      fc.property(text, (json) => {
        expect(keyMistakes(json, parseExactJson(json))).toEqual(keyMistakes(json, suspect));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the best answer', () => {
  it('has the most objects that are right, then the fewest mistakes', () => {
    const none = read('no');
    const partly = read('[{"question":"a","answer":"b"},{"question":"a"}]');
    const worse = read('[{"question":"a","answer":"b"},{},{}]');
    const whole = read(TWO);
    expect(bestReading([none, partly, whole, worse])).toBe(whole);
    expect(bestReading([none, worse, partly])).toBe(partly);
    expect(bestReading([read('[]'), none])).toMatchObject({ isEmpty: true });
  });

  it('is the one with which nothing is wrong, however many objects of another one are right', () => {
    const mostly = read(JSON.stringify({ rows: [A, A, { question: 'a' }] }));
    const right = read(JSON.stringify({ rows: [A] }));
    expect(bestReading([mostly, right])).toBe(right);
    expect(bestReading([right, mostly])).toBe(right);
  });

  it('is told what is wrong with it, ten mistakes at most', () => {
    const text = reaskMessage(
      read(`{"rows":[${'{"question":"a"},'.repeat(14)}{"question":"a","answer":"b"}]}`),
    );
    expect(text.match(/^- /gm)).toHaveLength(11);
    expect(text).toContain("- /rows/0: must have required property 'answer'\n");
    expect(text).toContain('- and 4 more\n');
    expect(reaskMessage(read('no'))).toContain('- the answer: there is no JSON in it');
  });
});

describe('an answer that is hostile', () => {
  it('keeps nothing of a list where one object was asked for', async () => {
    const strict = await form({
      schema: { type: 'object', properties: { a: { type: 'string', pattern: '^b' } } },
    });
    for (const text of ['[{"a":"c"}]', '[{"a":"b"}]', '[]', '[1]']) {
      expect(read(text, strict)).toMatchObject({
        objects: [],
        errors: [{ path: '', message: 'must be object' }],
        isEmpty: false,
      });
    }
  });

  it('is refused with one mistake where each of very many could be told', () => {
    const nulls = `[${JSON.stringify(A)},{"question":[${'null,'.repeat(500_000)}0]}]`;
    const start = performance.now();
    expect(read(nulls)).toMatchObject({ objects: [], errors: [{ path: '' }] });
    const tags = `{"score":1,"label":"a","tags":[${'{},'.repeat(500_000)}{}]}`;
    expect(read(tags, typed)).toMatchObject({
      objects: [],
      errors: [
        { path: '', message: 'holds too much for a part of it to be kept: /tags/0 must be string' },
      ],
    });
    expect(performance.now() - start).toBeLessThan(10_000);
    const right = `{"score":1,"label":"a","tags":[${'"",'.repeat(300_000)}""]}`;
    expect(read(right, typed).objects).toHaveLength(1);
  });
});

describe('an answer that is repaired', () => {
  it('keeps the fences that stand in its texts', async () => {
    const fenced = '```json\n{"a":"run\n```shell\nls\n```\nthen"}\n```';
    const { objects } = read(fenced, await form({ columns: 'a', single: true }));
    expect(objects).toEqual([{ a: 'run\n```shell\nls\n```\nthen' }]);
  });

  it('keeps the backslashes that escape nothing', async () => {
    const answer = String.raw`{"a":"C:\dir \\alpha \_ \users \u00e9 \"q\" it\'s",}`;
    const { objects } = read(answer, await form({ columns: 'a', single: true }));
    expect(objects).toEqual([{ a: String.raw`C:\dir \alpha \_ \users é "q" it's` }]);
  });

  it('keeps the backslash before a capital letter, and control characters', async () => {
    const given = await form({ columns: 'a', single: true });
    for (const [answer, a] of [
      [String.raw`{"a":"C:\Temp\New \Users",}`, String.raw`C:\Temp\New \Users`],
      ['{"a":"x\u0001y\u007fz\tw"}', 'x\u0001y\u007fz\tw'],
    ] as const) {
      expect(read(answer, given)).toMatchObject({ objects: [{ a }], repaired: true });
    }
  });

  it.each([
    [`{'a': 'Jack O'Sullivan', 'b': '5'}`, `Jack O'Sullivan`],
    [`{'a': 'Jack O'Sullivan, 'b': '5'}`, `Jack O'Sullivan`],
    [`{'a': 'the dogs' tails', 'b': '5'}`, `the dogs' tails`],
    [`{'a': 'she says "no" to Pat O'Brien', 'b': '5'}`, `she says "no" to Pat O'Brien`],
    ['{“a”: “so “called” x”, “b”: “5”}', 'so “called” x'],
    [`{'a': 'it\\'s\\n"O'B"', 'b': '5'}`, `it's\n"O'B"`],
  ])('has the quotes that its model wrote: %s', async (answer, a) => {
    const given = await form({ columns: 'a,b', single: true });
    expect(read(answer, given).objects).toEqual([{ a, b: '5' }]);
  });

  it('has the quotes of many texts in time that grows with them', async () => {
    const given = await form({ columns: 'a' });
    const items = Array.from({ length: 1_000 }, (_, at) => `{'a':'${at} is O'Brien's'}`);
    const startMs = performance.now();
    const { objects } = read(`[${items.join(',')}]`, given);
    expect(objects.at(-1)).toEqual({ a: `999 is O'Brien's` });
    expect(objects).toHaveLength(1_000);
    expect(performance.now() - startMs).toBeLessThan(5_000);
  });

  it.each([
    ['long', `${'word '.repeat(15_000)}O'Brien`],
    ['of many quotes', `${"don't ".repeat(15_000)}stop`],
  ])('has the quotes of a text that is %s', async (_, a) => {
    const given = await form({ columns: 'a', single: true });
    expect(read(`{'a': '${a}'}`, given).objects).toEqual([{ a }]);
  });

  it('is none where a key came of the middle of a text', async () => {
    const sum = await form({ columns: 'sum,day', single: true });
    expect(read(`{'sum': '13'08.45', 'day': '14.05.2025'}`, sum)).toMatchObject({
      objects: [],
      errors: [{ path: '', message: 'its JSON is not right' }],
    });
    const kept = { sum: 'a', day: 'b' };
    for (const text of [`{sum: 'a', 'day' : "b", "more": 1}`, '{“sum”: “a”, "day": "b",}']) {
      expect(read(text, sum).objects).toEqual([kept]);
    }
  });

  it.each(['[{"question":"a","answer":"b"}, ...]', '[{"question":"a","answer":"b"},\n…\n]'])(
    'is none where its model left something out: %s',
    (text) => {
      expect(read(text)).toMatchObject({
        objects: [],
        errors: [{ path: '', message: 'it leaves out a part of its JSON ("...")' }],
      });
    },
  );
});
