import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../core/json.ts';
import type { GenerateRequest } from '../core/model.ts';
import type { StructuredLevel } from '../core/structured-output.ts';
import { PROVIDERS } from './registry.generated.ts';
import { ask, askInVain, testSettings } from './testing/ask-endpoint.ts';
import { captureRequest } from './testing/capture-request.ts';
import { json, pieces, startStandIn } from './testing/stand-in-server.ts';

/** A schema with all that APIs differ in: an optional key, bounds, a reference. */
const SCHEMA: JsonObject = {
  type: 'object',
  properties: {
    question: { type: 'string', minLength: 3 },
    score: { type: 'integer', minimum: 0, maximum: 10 },
    tags: { type: 'array', items: { $ref: '#/$defs/tag' }, maxItems: 3 },
    note: { type: 'string', description: 'If any' },
  },
  required: ['question', 'score', 'tags'],
  $defs: { tag: { enum: ['a', 'b'] } },
};
const OF_TAG = { $ref: '#/$defs/tag' };
/** As OpenAI takes it with `strict`. */
const STRICT = {
  type: 'object',
  $defs: { tag: { type: 'string', enum: ['a', 'b'] } },
  properties: {
    question: { type: 'string', description: '(minLength: 3)' },
    score: { type: 'integer', minimum: 0, maximum: 10 },
    tags: { type: 'array', maxItems: 3, items: OF_TAG },
    note: { type: ['string', 'null'], description: 'If any' },
  },
  required: ['question', 'score', 'tags', 'note'],
  additionalProperties: false,
};
/** The same for Azure, which knows no bounds. */
const UNBOUND = {
  ...STRICT,
  properties: {
    ...STRICT.properties,
    score: { type: 'integer', description: '(minimum: 0, maximum: 10)' },
    tags: { type: 'array', items: OF_TAG, description: '(maxItems: 3)' },
  },
};
/** As Anthropic takes it. */
const CLOSED = {
  ...UNBOUND,
  properties: { ...UNBOUND.properties, note: { type: 'string', description: 'If any' } },
  required: ['question', 'score', 'tags'],
};
/** A map with any key, which no API can hold an answer to. */
const OPEN: JsonObject = {
  type: 'object',
  properties: { counts: { type: 'object', additionalProperties: { type: 'integer' } } },
  required: ['counts'],
  additionalProperties: false,
};
const WORDS = (schema: JsonObject) => expect.stringContaining(JSON.stringify(schema));
const INSTRUCTION = { role: 'system', content: WORDS(SCHEMA) };
const USER = { role: 'user', content: 'Hi' };

interface Wire {
  readonly provider: string;
  readonly about?: string;
  readonly level?: StructuredLevel;
  readonly modelId?: string;
  readonly schema?: JsonObject;
  readonly request?: Partial<GenerateRequest>;
  /** What the body has besides the model's name. */
  readonly body: object;
}

const named = (schema: JsonObject, strict: boolean) => ({ name: 'rows', schema, strict });
const chat = (messages: object[], format?: object) => ({
  messages,
  ...(format && { response_format: format }),
});
const anthropic = (more: object) => ({ max_tokens: 4096, messages: [USER], ...more });
const gemini = (config: object, more: object = {}) => ({
  generationConfig: config,
  contents: [{ role: 'user', parts: [{ text: 'Hi' }] }],
  ...more,
});

const WIRE: readonly Wire[] = [
  {
    provider: 'openai',
    body: chat([USER], { type: 'json_schema', json_schema: named(STRICT, true) }),
  },
  {
    provider: 'openai',
    about: 'an open map',
    schema: OPEN,
    body: chat([USER], { type: 'json_schema', json_schema: named(OPEN, false) }),
  },
  {
    provider: 'openai',
    level: 'json_object',
    body: chat([INSTRUCTION, USER], { type: 'json_object' }),
  },
  { provider: 'openai', level: 'prompt', body: chat([INSTRUCTION, USER]) },
  {
    provider: 'openai',
    about: 'a name that it does not take',
    request: { schema: { name: 'my rows!', schema: OPEN } },
    body: chat([USER], {
      type: 'json_schema',
      json_schema: { ...named(OPEN, false), name: 'my_rows_' },
    }),
  },
  {
    provider: 'azure-openai',
    body: chat([USER], { type: 'json_schema', json_schema: named(UNBOUND, true) }),
  },
  {
    provider: 'openai-responses',
    body: { input: [USER], text: { format: { type: 'json_schema', ...named(STRICT, true) } } },
  },
  {
    provider: 'openai-responses',
    about: "beside another parameter of the user's there",
    level: 'json_object',
    request: { parameters: { text: { verbosity: 'low' } } },
    body: {
      input: [INSTRUCTION, USER],
      text: { verbosity: 'low', format: { type: 'json_object' } },
    },
  },
  {
    provider: 'anthropic',
    modelId: 'claude-sonnet-5',
    body: anthropic({
      max_tokens: expect.any(Number),
      output_config: { format: { type: 'json_schema', schema: CLOSED } },
    }),
  },
  {
    provider: 'anthropic',
    about: "beside another parameter of the user's there",
    modelId: 'claude-sonnet-5',
    request: { parameters: { output_config: { effort: 'low' } } },
    body: anthropic({
      max_tokens: expect.any(Number),
      output_config: { effort: 'low', format: { type: 'json_schema', schema: CLOSED } },
    }),
  },
  ...['claude-3-5-haiku-20241022', 'claude-3-opus-latest', 'claude-2.1'].map((modelId) => ({
    provider: 'anthropic',
    modelId,
    body: anthropic({
      max_tokens: expect.any(Number),
      tools: [{ name: 'json', description: 'Takes the answer.', input_schema: SCHEMA }],
      tool_choice: { type: 'tool', name: 'json' },
    }),
  })),
  {
    provider: 'anthropic',
    about: 'an open map',
    modelId: 'claude-sonnet-5',
    schema: OPEN,
    body: anthropic({
      max_tokens: expect.any(Number),
      tools: [{ name: 'json', description: 'Takes the answer.', input_schema: OPEN }],
      tool_choice: { type: 'tool', name: 'json' },
    }),
  },
  {
    provider: 'anthropic',
    about: 'a level that it does not have',
    level: 'json_object',
    modelId: 'claude-sonnet-5',
    body: anthropic({
      max_tokens: expect.any(Number),
      system: [{ type: 'text', text: WORDS(SCHEMA) }],
    }),
  },
  {
    provider: 'gemini',
    body: gemini({ responseMimeType: 'application/json', responseJsonSchema: SCHEMA }),
  },
  {
    provider: 'gemini',
    level: 'json_object',
    request: { parameters: { generationConfig: { topK: 3 }, max_output_tokens: 9 } },
    body: gemini(
      { topK: 3, maxOutputTokens: 9, responseMimeType: 'application/json' },
      { systemInstruction: { parts: [{ text: WORDS(SCHEMA) }] } },
    ),
  },
  {
    provider: 'vertexai',
    modelId: 'gemini-3-flash',
    body: gemini({ responseMimeType: 'application/json', responseJsonSchema: SCHEMA }),
  },
  {
    provider: 'mistral',
    body: chat([USER], { type: 'json_schema', json_schema: named(SCHEMA, false) }),
  },
  { provider: 'ollama', body: { messages: [USER], stream: false, format: SCHEMA } },
  {
    provider: 'ollama',
    level: 'json_object',
    body: { messages: [INSTRUCTION, USER], stream: false, format: 'json' },
  },
  ...['openai-compatible', 'groq', 'vllm', 'openrouter'].map((provider) => ({
    provider,
    body: chat([USER], { type: 'json_schema', json_schema: named(SCHEMA, false) }),
  })),
  {
    provider: 'openai-compatible',
    about: 'a schema that is strict as it is',
    schema: STRICT,
    body: chat([USER], { type: 'json_schema', json_schema: named(STRICT, true) }),
  },
  {
    provider: 'openai-compatible',
    about: 'completions, which have no such parameter',
    request: { mode: 'completion' },
    body: { prompt: expect.stringMatching(/JSON Schema:\n\{.*\}\n\nHi$/) },
  },
  {
    provider: 'openai-compatible',
    about: 'words behind the instructions that are there',
    level: 'prompt',
    request: { messages: [{ role: 'system', content: 'Be brief.' }, USER] },
    body: chat([
      { role: 'system', content: expect.stringMatching(/^Be brief\.\n\nAnswer with one JSON/) },
      USER,
    ]),
  },
  {
    provider: 'openai-compatible',
    about: 'words behind instructions in parts',
    level: 'prompt',
    request: { messages: [{ role: 'developer', content: [{ type: 'text', text: 'x' }] }, USER] },
    body: chat([
      {
        role: 'developer',
        content: [
          { type: 'text', text: 'x' },
          { type: 'text', text: WORDS(SCHEMA) },
        ],
      },
      USER,
    ]),
  },
  {
    provider: 'quart',
    about: 'one text',
    body: { text: expect.stringMatching(/^Answer with one JSON.*\n.*\n\nHi$/), options: {} },
  },
];

describe('a schema on the wire', () => {
  it.each(
    WIRE.map((wire): [string, Wire] => [
      [wire.provider, wire.modelId, wire.level, wire.about].filter(Boolean).join(', '),
      wire,
    ]),
  )('is written for %s', async (_, wire) => {
    const { provider, level: structured, modelId = 'm-1', schema = SCHEMA, request } = wire;
    const sent = await captureRequest(
      provider,
      { schema: { name: 'rows', schema }, ...request },
      { modelId, settings: { structured, apiKey: 'k', project: 'p' } },
    );
    if (typeof sent === 'string') throw new Error(sent);
    const { model: _model, ...body } = JSON.parse(sent.body) as JsonObject;
    expect(body).toEqual(wire.body);
  });

  it('is a row of the table for every provider that has more than words', () => {
    const written = new Set(WIRE.map(({ provider }) => provider));
    const services = new Set(['openai-compatible']);
    const missing = PROVIDERS.filter(
      ({ name, structured }) =>
        structured !== undefined &&
        !written.has(name) &&
        !(structured.parameters.includes('guided_json') && services.size > 0),
    );
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it('is not there where none is asked for', async () => {
    for (const { name } of PROVIDERS) {
      const sent = await captureRequest(name, {}, { settings: { structured: 'json_object' } });
      const body = typeof sent === 'string' ? sent : sent.body;
      expect(body).not.toMatch(/json|schema|"format"|responseMime/i);
    }
  });

  it.each<[string, JsonObject, string]>([
    ['openai', { response_format: { type: 'json_object' } }, 'response_format'],
    ['azure-openai', { response_format: { type: 'text' } }, 'response_format'],
    ['openai-responses', { text: { format: { type: 'text' } } }, 'text.format'],
    ['anthropic', { output_config: { format: {} } }, 'output_config.format'],
    ['gemini', { response_schema: {} }, 'response_schema'],
    ['gemini', { generation_config: { responseSchema: {} } }, 'generation_config.responseSchema'],
    [
      'gemini',
      { generationConfig: { responseMimeType: 'x' } },
      'generationConfig.responseMimeType',
    ],
    ['mistral', { response_format: {} }, 'response_format'],
    ['ollama', { format: 'json' }, 'format'],
    ['vllm', { guided_json: {} }, 'guided_json'],
    ['openai-compatible', { response_format: null }, 'response_format'],
  ])(
    'is not sent to %s beside a parameter that says the same: %j',
    async (provider, parameters, name) => {
      for (const structured of ['json_schema', 'prompt'] as const) {
        const sent = await captureRequest(
          provider,
          { schema: { name: 'rows', schema: SCHEMA }, parameters },
          { settings: { structured } },
        );
        expect(sent).toBe(
          `bad_request: The parameter \`${name}\` cannot be set where the answer has a schema: tutti writes it`,
        );
      }
    },
  );

  it("takes the place of the user's own tools where it is a tool", async () => {
    const sent = await captureRequest(
      'anthropic',
      { schema: { name: 'rows', schema: OPEN }, parameters: { tools: [] } },
      { modelId: 'claude-3-opus-latest' },
    );
    expect(sent).toMatch(/^bad_request: The parameter `tools` cannot be set/);
  });

  it('does not change what is asked when the same question is asked without one', async () => {
    const request: Partial<GenerateRequest> = { parameters: { a: 1 }, messages: [USER] };
    const before = JSON.stringify(request);
    await captureRequest(
      'openai',
      { ...request, schema: { name: 'x', schema: OPEN } },
      {
        settings: { structured: 'json_object' },
      },
    );
    expect(JSON.stringify(request)).toBe(before);
  });
});

describe('an answer that follows a schema', () => {
  const schema = { name: 'rows', schema: OPEN };

  it('says at which level it was asked for, and nothing without a schema', async () => {
    await using server = await startStandIn(
      json({ choices: [{ message: { content: '{}' }, finish_reason: 'stop' }] }),
    );
    const settings = testSettings('openai-compatible', server.url);
    const loose = testSettings('openai-compatible', server.url, { structured: 'json_object' });
    expect((await ask(settings, { request: { schema } })).details).toEqual({
      structured: 'json_schema',
    });
    expect((await ask(loose, { request: { schema } })).details).toEqual({
      structured: 'json_object',
    });
    expect((await ask(settings)).details).toBeUndefined();
  });

  const TOOL = {
    content: [
      { type: 'text', text: 'I take the tool.' },
      { type: 'tool_use', id: 't1', name: 'json', input: { counts: { a: 1 } } },
    ],
    stop_reason: 'tool_use',
    model: 'claude-3-opus',
    usage: { input_tokens: 3, output_tokens: 4 },
  };

  it('is the input of the tool that takes it', async () => {
    await using server = await startStandIn(json(TOOL));
    const answer = await ask(testSettings('anthropic', server.url), {
      modelId: 'claude-3-opus-latest',
      request: { schema },
    });
    expect(answer.texts).toEqual(['{"counts":{"a":1}}']);
    expect(answer.finishReason).toBe('tool_calls');
    expect(answer.details).toEqual({ structured: 'json_schema', rawFinishReason: 'tool_use' });
  });

  it('is the input of that tool also where it is streamed', async () => {
    const events = [
      { type: 'message_start', message: { model: 'claude-3-opus', usage: { input_tokens: 3 } } },
      {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'tool_use', id: 't1', name: 'json', input: {} },
      },
      ...['{"counts":', '{"a":1}}'].map((partial_json) => ({
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'input_json_delta', partial_json },
      })),
      {
        type: 'message_delta',
        delta: { stop_reason: 'tool_use' },
        usage: { output_tokens: 4 },
      },
      { type: 'message_stop' },
    ];
    await using server = await startStandIn(
      pieces(
        events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
        'text/event-stream',
      ),
    );
    const told: string[] = [];
    const answer = await ask(testSettings('anthropic', server.url), {
      modelId: 'claude-3-opus-latest',
      request: { schema },
      onDelta: (text) => told.push(text),
    });
    expect(answer.texts).toEqual(['{"counts":{"a":1}}']);
    expect(answer.finishReason).toBe('tool_calls');
  });

  it('is the text where a model did not call the tool, and a tool of the user stays one', async () => {
    await using server = await startStandIn(json({ ...TOOL, content: [TOOL.content[0]] }));
    const settings = testSettings('anthropic', server.url);
    const without = await ask(settings, {
      modelId: 'claude-3-opus-latest',
      request: { schema },
    });
    expect(without.texts).toEqual(['I take the tool.']);
    server.reply = json(TOOL);
    const own = await ask(settings, { modelId: 'claude-3-opus-latest' });
    expect(own.details?.choices?.[0]?.toolCalls).toHaveLength(1);
  });

  it('is not asked for beside embeddings', async () => {
    const error = await askInVain(testSettings('openai', 'http://127.0.0.1:9'), {
      request: { schema, mode: 'embedding' },
    });
    expect([error.code, error.message]).toEqual([
      'bad_request',
      'The request cannot be sent: an embedding follows no schema',
    ]);
  });
});
