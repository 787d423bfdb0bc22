import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postJson } from '../../../test/support/post-json.ts';
import { ROWS_SCHEMA, STRICT_ROWS } from '../../../test/support/rows-schema.ts';
import { type Sim, startSim } from '../start-sim.ts';

const MESSAGES = [{ role: 'user', content: 'Write questions.' }];
const fits = new Ajv2020().compile(ROWS_SCHEMA);

let sim: Sim;
beforeAll(async () => {
  sim = await startSim({ log: false });
});
afterAll(() => sim.close());

function post(path: string, body: object) {
  return postJson(sim.url + path, body, { 'anthropic-version': '2023-06-01' });
}

const chat = { model: 'm', messages: MESSAGES };
const contents = [{ parts: [{ text: 'Write questions.' }] }];
const tool = { name: 'json', description: 'The answer.', input_schema: ROWS_SCHEMA };

/** What asks for JSON at each vendor, and where the text of the answer is. */
// biome-ignore lint/suspicious/noExplicitAny: bodies of any shape
const ASKS: Record<string, readonly [path: string, body: object, text: (json: any) => unknown]> = {
  'openai response_format': [
    '/v1/chat/completions',
    { ...chat, response_format: { type: 'json_schema', json_schema: STRICT_ROWS } },
    (json) => JSON.parse(json.choices[0].message.content),
  ],
  'openai text.format': [
    '/v1/responses',
    {
      model: 'm',
      input: 'Write questions.',
      text: { format: { type: 'json_schema', ...STRICT_ROWS } },
    },
    (json) => JSON.parse(json.output[0].content[0].text),
  ],
  'azure response_format': [
    '/openai/v1/chat/completions',
    { ...chat, response_format: { type: 'json_schema', json_schema: STRICT_ROWS } },
    (json) => JSON.parse(json.choices[0].message.content),
  ],
  'anthropic output_config': [
    '/v1/messages',
    {
      ...chat,
      max_tokens: 900,
      output_config: { format: { type: 'json_schema', schema: ROWS_SCHEMA } },
    },
    (json) => JSON.parse(json.content[0].text),
  ],
  'anthropic tool': [
    '/v1/messages',
    { ...chat, max_tokens: 900, tools: [tool], tool_choice: { type: 'tool', name: 'json' } },
    (json) => (json.stop_reason === 'tool_use' ? json.content[0].input : null),
  ],
  'gemini responseJsonSchema': [
    '/v1beta/models/m:generateContent',
    {
      contents,
      generationConfig: { responseMimeType: 'application/json', responseJsonSchema: ROWS_SCHEMA },
    },
    (json) => JSON.parse(json.candidates[0].content.parts[0].text),
  ],
  'ollama format': [
    '/api/chat',
    { ...chat, stream: false, format: ROWS_SCHEMA },
    (json) => JSON.parse(json.message.content),
  ],
  'words of the system message': [
    '/v1/chat/completions',
    {
      model: 'm',
      messages: [
        {
          role: 'system',
          content: `Answer with JSON by this schema: ${JSON.stringify(ROWS_SCHEMA)}`,
        },
        ...MESSAGES,
      ],
    },
    (json) => JSON.parse(json.choices[0].message.content),
  ],
  'json_object and words': [
    '/v1/chat/completions',
    {
      model: 'm',
      messages: [{ role: 'system', content: `JSON: ${JSON.stringify(ROWS_SCHEMA)}` }, ...MESSAGES],
      response_format: { type: 'json_object' },
    },
    (json) => JSON.parse(json.choices[0].message.content),
  ],
};

describe.each(Object.entries(ASKS))('asked by %s', (_, [path, body, text]) => {
  test('a simulated model answers with JSON that fits, the same each time', async () => {
    const [one, two] = [await post(path, body), await post(path, body)];
    expect(one.status).toBe(200);
    const value = text(one.json);
    expect([fits(value), fits.errors]).toEqual([true, null]);
    expect(text(two.json)).toEqual(value);
  });
});

test('a tool is streamed as its input in pieces', async () => {
  const [path, body] = ASKS['anthropic tool']!;
  const { text } = await post(path, { ...body, stream: true });
  const pieces = [...text.matchAll(/"partial_json":("(?:[^"\\]|\\.)*")/g)];
  expect(pieces.length).toBeGreaterThan(2);
  const whole = pieces.map(([, piece = '""']) => JSON.parse(piece)).join('');
  expect(fits(JSON.parse(whole))).toBe(true);
  expect(text).toContain('"stop_reason":"tool_use"');
  expect(text).toContain('"type":"tool_use"');
});

describe('what vendors refuse is refused', () => {
  const open = { type: 'object', properties: { a: { type: 'string' } } };
  const format = (more: object) => ({
    ...chat,
    response_format: { type: 'json_schema', json_schema: { name: 'x', ...more } },
  });
  test.each([
    ['an open object', format({ schema: open, strict: true }), "'additionalProperties'"],
    [
      'a key that is not required',
      format({ schema: { ...open, additionalProperties: false }, strict: true }),
      "Missing 'a'",
    ],
    [
      'a root that is no object',
      format({ schema: { type: 'array' }, strict: true }),
      "type 'object'",
    ],
    ['a name with a blank', format({ name: 'a b', schema: open }), 'json_schema.name'],
    ['no word of JSON', { ...chat, response_format: { type: 'json_object' } }, "the word 'json'"],
  ])('by OpenAI: %s', async (_, body, words) => {
    const { status, json } = await post('/v1/chat/completions', body);
    expect([status, json.error.message]).toEqual([400, expect.stringContaining(words)]);
  });

  test('but an open object without strict', async () => {
    expect((await post('/v1/chat/completions', format({ schema: open }))).status).toBe(200);
  });

  test.each([
    [{ type: 'integer', minimum: 1 }, "property 'minimum' is not supported"],
    [open, "'additionalProperties' must be explicitly set to false"],
  ])('by Anthropic: %j', async (schema, words) => {
    const body = {
      ...chat,
      max_tokens: 9,
      output_config: { format: { type: 'json_schema', schema } },
    };
    const { status, json } = await post('/v1/messages', body);
    expect([status, json.error.message]).toEqual([400, expect.stringContaining(words)]);
  });

  test('by Gemini: a schema without its type of answer', async () => {
    const body = { contents, generationConfig: { responseJsonSchema: ROWS_SCHEMA } };
    const { status, json } = await post('/v1beta/models/m:generateContent', body);
    expect([status, json.error.message]).toEqual([
      400,
      expect.stringContaining('response_mime_type'),
    ]);
  });
});

test('a schema without an end, or deeper than a stack, is answered or refused, and the server stays', async () => {
  const endless = [{ anyOf: [{ $ref: '#' }] }, { allOf: [{ $ref: '#' }] }, { $ref: '#/%' }];
  const ask = (schema: object, isStrict = false) =>
    post('/v1/chat/completions', {
      ...chat,
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'rows', schema, strict: isStrict },
      },
    });
  for (const schema of endless) expect((await ask(schema)).status).toBe(200);
  let deep: object = { type: 'string' };
  for (let depth = 0; depth < 3_000; depth++) deep = { items: deep };
  const schema = { type: 'object', properties: {}, additionalProperties: false, items: deep };
  expect([200, 400]).toContain((await ask(schema, true)).status);
  expect((await ask(ROWS_SCHEMA, true)).status).toBe(200);
});
