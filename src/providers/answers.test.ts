import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../core/json.ts';
import { ask, askInVain, testSettings } from './testing/ask-endpoint.ts';
import { json, pieces, startStandIn } from './testing/stand-in-server.ts';

const SSE = 'text/event-stream';
const chat = (choice: JsonObject): JsonObject => ({ choices: [choice] });
const content = (text: string, finish_reason: string) =>
  chat({ message: { content: text }, finish_reason });

describe('an answer that is none', () => {
  it.each([
    ['openai', 'OpenRouter, Mistral and vLLM', content('half', 'error')],
    ['openai', 'vLLM and SGLang', content('half', 'abort')],
    ['openai', 'DeepSeek', content('half', 'insufficient_system_resource')],
    ['openai', 'Z.ai', content('half', 'network_error')],
    [
      'openrouter',
      'the server behind OpenRouter',
      chat({
        message: { content: 'half' },
        finish_reason: 'stop',
        native_finish_reason: 'network_error',
      }),
    ],
    [
      'gemini',
      'Gemini',
      {
        candidates: [
          { content: { parts: [{ text: 'half' }] }, finishReason: 'MALFORMED_RESPONSE' },
        ],
      },
    ],
  ])('is told for %s when %s broke off', async (provider, _, body) => {
    await using server = await startStandIn(json(body));
    const settings = testSettings(provider, server.url);
    const error = await askInVain(settings);
    expect([error.code, error.retryable, error.partialText]).toEqual([
      'error_in_response',
      true,
      'half',
    ]);
    server.reply = pieces([`data: ${JSON.stringify(body)}\n\n`], SSE);
    const streamed = await askInVain(settings, { onDelta: () => {} });
    expect([streamed.code, streamed.partialText]).toEqual(['error_in_response', 'half']);
  });

  it('is told when Ollama is not done', async () => {
    await using server = await startStandIn(json({ message: { content: 'half' }, done: false }));
    expect((await askInVain(testSettings('ollama', server.url))).code).toBe('error_in_response');
  });

  it.each([
    ['openai', content('', 'sensitive')],
    ['anthropic', { content: [], stop_reason: 'refusal' }],
    ['gemini', { candidates: [{ finishReason: 'IMAGE_PROHIBITED_CONTENT' }] }],
    [
      'openai-responses',
      { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
    ],
  ])('is told for %s when a filter left nothing', async (provider, body) => {
    await using server = await startStandIn(json(body));
    expect((await askInVain(testSettings(provider, server.url))).code).toBe('content_filtered');
  });
});

describe('an error beside an answer', () => {
  it.each([{}, { code: 0 }, { code: null, message: '' }, [], '', false])(
    'is none where it says nothing: %j',
    async (nothing) => {
      const body = { ...content('whole', 'stop'), error: nothing };
      await using server = await startStandIn(json(body));
      const settings = testSettings('openai-compatible', server.url);
      expect((await ask(settings)).texts).toEqual(['whole']);
      server.reply = pieces([`data: ${JSON.stringify(body)}\n\n`], SSE);
      expect((await ask(settings, { onDelta: () => {} })).texts).toEqual(['whole']);
    },
  );
});

describe('an answer without text', () => {
  const event = (data: JsonObject) => `data: ${JSON.stringify(data)}\n\n`;
  const call = { id: 'c1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } };

  it('is one where a tool is called', async () => {
    const message = { content: null, tool_calls: [call] };
    await using server = await startStandIn(json(chat({ message, finish_reason: 'tool_calls' })));
    const answer = await ask(testSettings('openai', server.url));
    expect(answer.texts).toEqual(['']);
    expect(answer.details?.choices).toEqual([
      {
        finishReason: 'tool_calls',
        toolCalls: [{ id: 'c1', name: 'f', arguments: '{"a":1}' }],
      },
    ]);
  });

  it.each([
    ['openai', chat({ message: { content: '' }, finish_reason: 'stop' })],
    ['openai', chat({ message: { content: null, reasoning: 'hm' }, finish_reason: 'stop' })],
    ['openai', chat({ message: { content: [] }, finish_reason: 'tool_calls' })],
    ['anthropic', { content: [], stop_reason: 'end_turn' }],
    ['gemini', { candidates: [{ finishReason: 'STOP' }] }],
    ['ollama', { message: { thinking: 'hm' }, done: true }],
    ['openai-responses', { status: 'completed', output: [{ type: 'reasoning', summary: [] }] }],
  ])('is an error of %s, and tried again', async (provider, body) => {
    await using server = await startStandIn(json({ ...body, usage: { completion_tokens: 7 } }));
    const error = await askInVain(testSettings(provider, server.url));
    expect([error.code, error.retryable]).toEqual(['empty_answer', true]);
  });

  it('is an error in a stream, too', async () => {
    const list = [
      event({ type: 'message_start', message: { content: [], stop_reason: null } }),
      event({ type: 'message_delta', delta: { stop_reason: 'end_turn' } }),
    ];
    await using server = await startStandIn(pieces(list, SSE));
    const settings = testSettings('anthropic', server.url);
    expect((await askInVain(settings, { onDelta: () => {} })).code).toBe('empty_answer');
  });

  it.each([
    [
      'openai',
      {
        ...chat({ message: { reasoning_content: 'hm' }, finish_reason: 'length' }),
        usage: { prompt_tokens: 3, completion_tokens: 7 },
      },
    ],
    [
      'openai-responses',
      {
        status: 'incomplete',
        incomplete_details: { reason: 'max_output_tokens' },
        output: [{ type: 'reasoning', summary: [{ text: 'hm' }] }],
        usage: { input_tokens: 3, output_tokens: 7 },
      },
    ],
    [
      'ollama',
      {
        message: { thinking: 'hm', content: '' },
        done: true,
        done_reason: 'length',
        prompt_eval_count: 3,
        eval_count: 7,
      },
    ],
  ])(
    'of %s was cut before its first word, which is paid for and not tried again',
    async (provider, body) => {
      await using server = await startStandIn(json(body));
      const price = { inputUsdPerMillion: 1_000_000, outputUsdPerMillion: 1_000_000 };
      const error = await askInVain(testSettings(provider, server.url, { price }));
      expect([error.code, error.retryable]).toEqual(['cut_before_text', false]);
      expect(error.hint).toMatch(/limit/);
      expect(error.paid).toMatchObject({
        finishReason: 'length',
        usage: { input: 3, output: 7 },
        costUsd: 10,
        details: { choices: [{ finishReason: 'length', reasoning: 'hm' }] },
      });
    },
  );
});

describe('the text of an answer', () => {
  const part = (type: string, text: JsonObject[string]) => ({ type, text });

  it.each([
    ['a piece of a stream', { delta: { content: '4' } }],
    ['a completion', { text: '4' }],
    [
      'parts beside reasoning',
      { message: { content: [part('thinking', 'hm'), part('text', '4')] } },
    ],
    ['parts of another name', { message: { content: [part('output_text', '4')] } }],
    ['a refusal beside an empty content', { message: { content: '', refusal: '4' } }],
  ])('is found in %s', async (_, choice) => {
    await using server = await startStandIn(json(chat({ ...choice, finish_reason: 'stop' })));
    expect((await ask(testSettings('openai-compatible', server.url))).texts).toEqual(['4']);
  });

  it('that Gemini 4 left at its own limit for one request counts as cut', async () => {
    const body = {
      candidates: [{ content: { parts: [{ text: '4' }] }, finishReason: 'CONTINUATION' }],
    };
    await using server = await startStandIn(json(body));
    expect((await ask(testSettings('gemini', server.url))).finishReason).toBe('length');
  });

  it('needs no usage and no finish reason', async () => {
    await using server = await startStandIn(json(chat({ message: { content: '4' } })));
    const answer = await ask(testSettings('openai-compatible', server.url));
    expect([answer.texts, answer.finishReason, answer.usage.input]).toEqual([['4'], null, null]);
  });
});
