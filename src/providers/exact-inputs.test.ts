import { describe, expect, it } from 'vitest';
import { ask, testSettings } from './testing/ask-endpoint.ts';
import { pieces, startStandIn, text } from './testing/stand-in-server.ts';

const JSON_BODY = { 'content-type': 'application/json' };
const INPUT = '{"id":2512292042121000001,"price":1.50,"near":1e-07}';
const WHOLE: Readonly<Record<string, string>> = {
  anthropic: `{"content":[{"type":"tool_use","id":"t","name":"f","input":${INPUT}}],"stop_reason":"tool_use"}`,
  gemini: `{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":${INPUT}}}]},"finishReason":"STOP"}]}`,
  ollama: `{"message":{"content":"","tool_calls":[{"function":{"name":"f","arguments":${INPUT}}}]},"done":true}`,
  'openai-compatible': `{"choices":[{"message":{"tool_calls":[{"function":{"name":"f","arguments":${INPUT}}}]},"finish_reason":"tool_calls"}]}`,
};
const STREAMED: Readonly<Record<string, string>> = {
  gemini: `data: ${WHOLE.gemini}\n\n`,
  ollama: `${WHOLE.ollama}\n`,
  'openai-compatible': `data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"name":"f","arguments":${INPUT}}}]},"finish_reason":"tool_calls"}]}\n\n`,
};

describe('the input of a tool that is written as an object', () => {
  it.each(Object.keys(WHOLE))('keeps its digits in an answer of %s', async (provider) => {
    await using server = await startStandIn(text(WHOLE[provider]!, 200, JSON_BODY));
    const { details } = await ask(testSettings(provider, server.url));
    expect(details?.choices?.[0]?.toolCalls).toMatchObject([{ name: 'f', arguments: INPUT }]);
  });

  it.each(Object.keys(STREAMED))('keeps its digits in a stream of %s', async (provider) => {
    const type = provider === 'ollama' ? 'application/x-ndjson' : 'text/event-stream';
    await using server = await startStandIn(pieces([STREAMED[provider]!], type));
    const { details } = await ask(testSettings(provider, server.url), { onDelta: () => {} });
    expect(details?.choices?.[0]?.toolCalls).toMatchObject([{ name: 'f', arguments: INPUT }]);
  });

  it.each([
    ['behind a mark of the byte order', (body: string) => `\uFEFF${body}`],
    ['beside a number that JSON does not have', (body: string) => `${body.slice(0, -1)},"p":NaN}`],
  ])('keeps them %s', async (_, changed) => {
    await using server = await startStandIn(text(changed(WHOLE.ollama!), 200, JSON_BODY));
    const { details } = await ask(testSettings('ollama', server.url));
    expect(details?.choices?.[0]?.toolCalls).toMatchObject([{ name: 'f', arguments: INPUT }]);
    server.reply = pieces([`${changed(WHOLE.ollama!)}\n`], 'application/x-ndjson');
    const streamed = await ask(testSettings('ollama', server.url), { onDelta: () => {} });
    expect(streamed.details?.choices?.[0]?.toolCalls).toMatchObject([{ arguments: INPUT }]);
  });

  it('keeps them beside a thought of the same piece, which stays', async () => {
    const event = WHOLE.ollama!.replace('"content":""', '"content":"","thinking":"hm"');
    await using server = await startStandIn(pieces([`${event}\n`], 'application/x-ndjson'));
    const { details } = await ask(testSettings('ollama', server.url), { onDelta: () => {} });
    expect(details?.choices?.[0]).toMatchObject({
      reasoning: 'hm',
      toolCalls: [{ name: 'f', arguments: INPUT }],
    });
  });

  it('keeps them where it is the answer that a schema asks for', async () => {
    const body = WHOLE.anthropic!.replace('"f"', '"json"');
    await using server = await startStandIn(text(body, 200, JSON_BODY));
    const schema = { name: 'order', schema: { type: 'object' } };
    const { texts } = await ask(testSettings('anthropic', server.url), {
      modelId: 'claude-3-opus-latest',
      request: { schema },
    });
    expect(texts).toEqual([INPUT]);
  });
});

describe('numbers that JSON does not have', () => {
  const logprobs =
    '{"content":[{"token":"No","logprob":-Infinity,"top_logprobs":[{"token":"NaN","logprob":NaN}]}]}';

  it('cost no answer, whole or streamed', async () => {
    const choice = (key: string) =>
      `{"choices":[{"index":0,"${key}":{"content":"-Infinity is \\"NaN\\""},"logprobs":${logprobs},"finish_reason":"stop"}]}`;
    await using server = await startStandIn(text(choice('message'), 200, JSON_BODY));
    const settings = testSettings('openai-compatible', server.url);
    expect((await ask(settings)).texts).toEqual(['-Infinity is "NaN"']);
    server.reply = pieces([`data: ${choice('delta')}\n\n`], 'text/event-stream');
    expect((await ask(settings, { onDelta: () => {} })).texts).toEqual(['-Infinity is "NaN"']);
  });
});
