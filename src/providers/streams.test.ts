import { describe, expect, it } from 'vitest';
import { CHAT_COMPLETIONS } from './formats/chat-completions.ts';
import { StreamReader } from './stream-reader.ts';
import { ask, askInVain, testSettings } from './testing/ask-endpoint.ts';
import { CHAT_DIALECTS } from './testing/dialects.ts';
import { json, pieces, startStandIn, text } from './testing/stand-in-server.ts';

const SSE = 'text/event-stream';
const chunk = (delta: unknown, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`;

describe.each(CHAT_DIALECTS)('a stream of $provider', (dialect) => {
  const body = dialect.stream(['half ', 'and half']).join('');

  it('is read where none was asked for', async () => {
    await using server = await startStandIn(text(body, 200, { 'content-type': SSE }));
    const answer = await ask(testSettings(dialect.provider, server.url));
    expect(answer).toMatchObject({ texts: ['half and half'], finishReason: 'stop' });
  });

  it('is read under the name of JSON, with a byte order mark', async () => {
    await using server = await startStandIn(
      text(`\uFEFF${body}`, 200, { 'content-type': 'application/json' }),
    );
    const deltas: string[] = [];
    const onDelta = (delta: string) => deltas.push(delta);
    const answer = await ask(testSettings(dialect.provider, server.url), { onDelta });
    expect([answer.texts, deltas.join('')]).toEqual([['half and half'], 'half and half']);
  });

  it('that breaks off is told where none was asked for', async () => {
    const cut = dialect.stream(['ha', 'lf'], false).join('');
    await using server = await startStandIn(text(cut, 200, { 'content-type': SSE }));
    const error = await askInVain(testSettings(dialect.provider, server.url));
    expect([error.code, error.partialText]).toEqual(['stream_incomplete', 'half']);
  });

  it('is not expected of a whole answer with a byte order mark', async () => {
    const whole = `\uFEFF${JSON.stringify(dialect.answer(['4']))}`;
    await using server = await startStandIn(text(whole));
    expect((await ask(testSettings(dialect.provider, server.url))).texts).toEqual(['4']);
  });
});

describe('a stream', () => {
  it('may have events without data', async () => {
    const list = ['data:\n\n', chunk({ content: '4' }), 'data: \n\n', chunk({}, 'stop')];
    await using server = await startStandIn(pieces(list, SSE));
    const answer = await ask(testSettings('openai', server.url), { onDelta: () => {} });
    expect(answer.texts).toEqual(['4']);
  });

  it('that ends in a bare error, as Gemini sends it, is classified by that error', async () => {
    const error = JSON.stringify({ error: { code: 429, status: 'RESOURCE_EXHAUSTED' } }, null, 2);
    const event = `data: ${JSON.stringify({ candidates: [{ content: { parts: [{ text: 'half' }] } }] })}`;
    await using server = await startStandIn(pieces([`${event}\r\n\r\n`, error], SSE));
    const failed = await askInVain(testSettings('gemini', server.url), { onDelta: () => {} });
    expect([failed.code, failed.partialText]).toEqual(['rate_limited', 'half']);
  });

  it('gives the text of its last event where no delta came', async () => {
    const response = {
      status: 'completed',
      output: [{ type: 'message', content: [{ text: '4' }] }],
    };
    const event = `data: ${JSON.stringify({ type: 'response.completed', response })}\n\n`;
    await using server = await startStandIn(pieces([event], SSE));
    const deltas: string[] = [];
    const answer = await ask(testSettings('openai-responses', server.url), {
      onDelta: (delta) => deltas.push(delta),
    });
    expect([answer.texts, deltas]).toEqual([['4'], ['4']]);
  });

  it('may turn out to be a whole answer of any length', async () => {
    const content = 'x'.repeat(200_000);
    const body = { choices: [{ message: { content }, finish_reason: 'stop' }] };
    await using server = await startStandIn(json(body, 200, { 'content-type': 'text/plain' }));
    const answer = await ask(testSettings('openai', server.url), { onDelta: () => {} });
    expect(answer.texts).toEqual([content]);
  });
});

describe('the pieces of a stream', () => {
  const chunk = (delta: object) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`;

  it.each([
    ['a comment', ': keep-alive\n\n', false],
    ['the role of who speaks', chunk({ role: 'assistant', content: '' }), false],
    ['an event without any choice', 'data: {"choices":[],"usage":{"prompt_tokens":1}}\n\n', false],
    ['a text', chunk({ content: 'a' }), true],
    ['a thought', chunk({ reasoning_content: 'hm' }), true],
    [
      'the call of a tool',
      chunk({ tool_calls: [{ index: 0, function: { arguments: '{' } }] }),
      true,
    ],
    ['its end', 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n', true],
  ])('are what brings something of the answer: %s', (_, event, isPiece) => {
    const context = () => {
      throw new Error('no failure');
    };
    const reader = new StreamReader(CHAT_COMPLETIONS, { onText: () => {}, context });
    expect(reader.push(Buffer.from(event))).toBe(isPiece);
  });
});
