import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../core/exact-json.ts';
import type { JsonObject } from '../core/json.ts';
import type { Message } from '../core/message.ts';
import type { GenerateRequest } from '../core/model.ts';
import { type CaptureOptions, captureRequest } from './testing/capture-request.ts';

const exact = (text: string) => parseExactJson(text) as never;

async function written(
  provider: string,
  request: Partial<GenerateRequest>,
  options: CaptureOptions = {},
) {
  const sent = await captureRequest(provider, request, options);
  if (typeof sent === 'string') throw new Error(sent);
  return sent;
}

/** A conversation with whatever messages may have. */
const CONVERSATION = `[
  {"role":"developer","content":"Be brief.","name":"ann"},
  {"name":"bob","role":"user","content":""},
  {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},
  {"role":"tool","tool_call_id":"c1","content":" 1.0\\n"},
  {"role":"assistant","content":"It is ","prefix":true,"reasoning_content":"hm","weight":1.0},
  {"role":"assistant","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":""}]},
  {"role":"user","content":"\\ud83d \\u0000 </script> __proto__","__proto__":{"a":[1e400]},"12":1}
]`;
const packed = (text: string) => JSON.stringify(parseExactJson(text));

describe('messages', () => {
  it.each([
    ['openai', 'messages'],
    ['azure-openai', 'messages'],
    ['openai-compatible', 'messages'],
    ['deepseek', 'messages'],
    ['mistral', 'messages'],
    ['ollama', 'messages'],
    ['anthropic', 'messages'],
    ['openai-responses', 'input'],
  ])('reach %s with every key, role, space and digit', async (provider, key) => {
    const { body } = await written(
      provider,
      { messages: exact(CONVERSATION) },
      { modelId: 'o3-mini' },
    );
    expect(body).toContain(`"${key}":${packed(CONVERSATION)}`);
  });

  it("reach Gemini with every part and key, the assistant under Gemini's name", async () => {
    const parts =
      '[{"text":""},{"inlineData":{"data":"AA==","mimeType":"image/png"},"n":1.0},{"type":"text","text":"a","k":1}]';
    const messages = exact(`[
      {"role":"user","parts":${parts},"name":"ann"},
      {"role":"assistant","content":"It is "},
      {"role":"model","parts":[{"functionCall":{"name":"f","args":{"x":1e400}}}]},
      {"role":"function","parts":[{"functionResponse":{"name":"f"}}]},
      {"role":"user","content":["One ",{"type":"text","text":"Two"}]}
    ]`);
    const { body } = await written('gemini', { messages });
    expect(body).toContain(
      `"contents":${packed(`[
        {"role":"user","parts":${parts},"name":"ann"},
        {"role":"model","parts":[{"text":"It is "}]},
        {"role":"model","parts":[{"functionCall":{"name":"f","args":{"x":1e400}}}]},
        {"role":"function","parts":[{"functionResponse":{"name":"f"}}]},
        {"role":"user","parts":[{"text":"One "},{"text":"Two"}]}
      ]`)}`,
    );
  });

  it('of the system reach Anthropic as blocks, with what belongs to each', async () => {
    const cached = { cache_control: { type: 'ephemeral' } };
    const messages: Message[] = [
      { role: 'system', content: 'Be brief. ', ...cached },
      { role: 'system', content: [{ type: 'text', text: '', ...cached }, 'Be kind.'] },
      { role: 'user', content: 'Hi' },
    ];
    const { body } = await written('anthropic', { messages });
    expect(JSON.parse(body)).toMatchObject({
      system: [
        { type: 'text', text: 'Be brief. ', ...cached },
        { type: 'text', text: '', ...cached },
        { type: 'text', text: 'Be kind.' },
      ],
      messages: [{ role: 'user', content: 'Hi' }],
    });
  });

  it('get no instruction when there is none', async () => {
    const { body } = await written('gemini', {}, { modelId: 'gemma-3-27b-it' });
    expect(JSON.parse(body)).not.toHaveProperty('systemInstruction');
    expect(JSON.parse((await written('anthropic', {})).body)).not.toHaveProperty('system');
  });

  it('are not changed where they are, and a completion is one text', async () => {
    const messages = Object.freeze([Object.freeze({ role: 'user', content: ' One\n' })]);
    const { body } = await written('vllm', { messages, mode: 'completion' });
    expect(JSON.parse(body)).toEqual({ model: 'm-1', prompt: ' One\n' });
  });
});

describe('parameters', () => {
  const PARAMETERS =
    '{"temperature":0.0,"top_p":1.0,"seed":18446744073709551615,"big":1e400,"small":0.00000010,"none":null,"off":false,"logit_bias":{"50256":-100},"__proto__":{"x":1},"constructor":1,"toJSON":1,"20":1,"3":2,"stop":[]}';

  it.each([
    'openai',
    'azure-openai',
    'openai-compatible',
    'mistral',
    'openai-responses',
    'anthropic',
  ])('reach %s as they are written', async (provider) => {
    const { body } = await written(provider, { parameters: exact(PARAMETERS) });
    expect(body).toContain(`,${packed(PARAMETERS).slice(1)}`);
  });

  it.each([
    ['ollama', 'options'],
    ['gemini', 'generationConfig'],
  ])('reach %s in its %s', async (provider, place) => {
    const { body } = await written(provider, { parameters: exact(PARAMETERS) });
    const spelt = provider === 'gemini' ? camelCase(packed(PARAMETERS)) : packed(PARAMETERS);
    expect(body).toContain(`"${place}":${spelt}`);
    // Given as a whole, its keys are those of the API already.
    const whole = await written(provider, { parameters: exact(`{"${place}":{"a_b":1.0}}`) });
    expect(whole.body).toContain(`"${place}":{"a_b":1.0}`);
    const odd = await written(provider, { parameters: exact(`{"${place}":1.0}`) });
    expect(odd.body).toContain(`"${place}":{"${place}":1.0}`);
  });

  it('add none that nobody asked for', async () => {
    const models = ['gpt-4o', 'gpt-5', 'o3-mini'];
    for (const modelId of models) {
      const { body } = await written('openai', {}, { modelId });
      expect(Object.keys(JSON.parse(body))).toEqual(['model', 'messages']);
    }
  });

  it.each(['openai', 'anthropic', 'gemini', 'ollama'])(
    'are refused for %s where JSON cannot say them, and not sent as null',
    async (provider) => {
      for (const [name, value] of [
        ['temperature', Number.NaN],
        ['logit_bias', { 50256: Number.NEGATIVE_INFINITY, 1: null }],
      ] as const) {
        expect(
          await captureRequest(provider, { parameters: { [name]: value, seed: null } }),
        ).toMatch(
          /^bad_request: The request cannot be written: (temperature has NaN|logit_?[bB]ias has -Infinity), which is no JSON$/,
        );
      }
    },
  );

  it('win over a default, be it by null', async () => {
    const parameters = { stream_options: null, max_tokens: null };
    const options = { stream: true, modelId: 'claude-opus-4-8' };
    expect((await written('openai', { parameters }, options)).body).toContain(
      '"stream":true,"stream_options":null,"max_tokens":null}',
    );
    expect((await written('anthropic', { parameters }, options)).body).toContain(
      '"max_tokens":null,',
    );
  });

  it.each([
    ['claude-opus-4-8', 128_000],
    ['anthropic.claude-sonnet-4-5-20250929-v1:0', 64_000],
    ['claude-opus-4-20250514', 32_000],
    ['claude-3-5-haiku-latest', 8192],
    ['claude-3-opus-20240229', 4096],
    ['claude-instant-1.2', 4096],
    ['my-claude', 4096],
  ])('give %s %i tokens unless the user says how many', async (modelId, tokens) => {
    const { body } = await written('anthropic', {}, { modelId });
    expect(Object.entries(JSON.parse(body) as JsonObject).slice(0, 2)).toEqual([
      ['model', modelId],
      ['max_tokens', tokens],
    ]);
  });
});

describe("a model's id", () => {
  it.each([
    ['gemini', 'gemini-2.5-flash', '/v1beta/models/gemini-2.5-flash:generateContent'],
    ['gemini', 'models/gemini-2.5-flash', '/v1beta/models/gemini-2.5-flash:generateContent'],
    ['gemini', 'tunedModels/mine', '/v1beta/tunedModels/mine:generateContent'],
    ['gemini', 'a?b#c d%2Fé', '/v1beta/models/a%3Fb%23c%20d%252F%C3%A9:generateContent'],
    ['gemini', 'a\\..\\b', '/v1beta/models/a%5C..%5Cb:generateContent'],
    ['gemini', '\ud800', '/v1beta/models/%EF%BF%BD:generateContent'],
    [
      'azure-openai',
      'my deployment?x',
      '/openai/deployments/my%20deployment%3Fx/chat/completions?api-version=2024-10-21',
    ],
  ])('is escaped for %s: %s', async (provider, modelId, path) => {
    expect((await written(provider, {}, { modelId })).path).toBe(path);
  });

  it.each(['../../v1/keys', 'models/..', './a', 'tunedModels/../../x'])(
    'that leads elsewhere is refused: %s',
    async (modelId) => {
      expect(await captureRequest('gemini', {}, { modelId })).toMatch(
        /^bad_request: The model's id/,
      );
      expect(await captureRequest('azure-openai', {}, { modelId })).toMatch(/^bad_request:/);
    },
  );

  it('stands in a body as it is', async () => {
    const modelId = '../a?b c/é:free';
    const { path, body } = await written('openrouter', {}, { modelId });
    expect([path, JSON.parse(body).model]).toEqual(['/v1/chat/completions', modelId]);
  });
});

describe('an address', () => {
  it.each([
    ['openai', '/gateway/openai/', '/gateway/openai/chat/completions'],
    ['openai', '/', '/v1/chat/completions'],
    ['anthropic', '/anthropic', '/anthropic/v1/messages'],
    ['openai', '/v1?api-version=7&x=%2F', '/v1/chat/completions?api-version=7&x=%2F'],
    ['openai-compatible', '/a/chat/completions?k=v', '/a/chat/completions?k=v'],
    ['gemini', '/v1beta?team=blue', '/v1beta/models/m-1:generateContent?team=blue'],
    ['openai', '/v1/chat/completions', '/v1/chat/completions'],
    ['openai-compatible', '/token/qwen/chat/completions', '/token/qwen/chat/completions'],
    ['zai', '/api/paas/v4', '/api/paas/v4/chat/completions'],
    ['deepseek', '/beta', '/beta/chat/completions'],
    ['azure-openai', '/openai/v1/', '/openai/v1/chat/completions'],
    [
      'azure-openai',
      '/openai/deployments/o3-mini',
      '/openai/deployments/m-1/chat/completions?api-version=2024-10-21',
    ],
    [
      'azure-openai',
      '/openai/deployments/o3-mini/chat/completions?api-version=7&team=blue',
      '/openai/deployments/m-1/chat/completions?api-version=7&team=blue',
    ],
    ['azure-openai', '/openai/v1?api-version=v', '/openai/v1/chat/completions?api-version=v'],
  ])('of %s that ends in %s is asked at %s', async (provider, path, expected) => {
    expect((await written(provider, {}, { path })).path).toBe(expected);
  });

  it("has Azure's version as the settings name it, escaped", async () => {
    const settings = { apiVersion: '2026-01-01 preview&x' };
    expect((await written('azure-openai', {}, { settings })).path).toBe(
      '/openai/deployments/m-1/chat/completions?api-version=2026-01-01%20preview%26x',
    );
  });
});

/** As the keys of a flat object are spelt for Gemini. */
function camelCase(text: string): string {
  return text.replace(/"([a-z]+)_([a-z])([a-z]*)":/g, (_, a: string, b: string, c: string) => {
    return `"${a}${b.toUpperCase()}${c}":`;
  });
}
