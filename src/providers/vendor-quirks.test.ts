import { describe, expect, it } from 'vitest';
import { ask, askInVain, TEST_KEY, testSettings } from './testing/ask-endpoint.ts';
import { json, pieces, startStandIn, text } from './testing/stand-in-server.ts';

const CHAT = { choices: [{ message: { content: '4' }, finish_reason: 'stop' }] };
const bodyOf = (server: { requests: { body: string }[] }) =>
  JSON.parse(server.requests.at(-1)!.body);

describe('Anthropic', () => {
  const MESSAGE = { content: [{ type: 'text', text: '4' }], stop_reason: 'end_turn' };

  it('gets 4096 as max_tokens unless the user says otherwise', async () => {
    await using server = await startStandIn(json(MESSAGE));
    const settings = testSettings('anthropic', server.url);
    await ask(settings, { modelId: 'claude-3-haiku-20240307' });
    expect(bodyOf(server).max_tokens).toBe(4096);
    await ask(settings, { request: { parameters: { max_tokens: 7 } } });
    expect(bodyOf(server).max_tokens).toBe(7);
  });

  it('takes `system` as a parameter, but not twice', async () => {
    await using server = await startStandIn(json(MESSAGE));
    const settings = testSettings('anthropic', server.url);
    const parameters = { system: 'be brief' };
    await ask(settings, { request: { parameters } });
    expect(bodyOf(server).system).toBe('be brief');
    const messages = [
      { role: 'system' as const, content: 'be long' },
      { role: 'user' as const, content: 'hi' },
    ];
    const error = await askInVain(settings, { request: { parameters, messages } });
    expect([error.code, server.requests.length]).toEqual(['bad_request', 1]);
  });
});

describe('Gemini', () => {
  const CONTENT = { candidates: [{ content: { parts: [{ text: '4' }] }, finishReason: 'STOP' }] };

  it.each([
    ['none', 'BLOCK_NONE'],
    ['few', 'BLOCK_ONLY_HIGH'],
    ['default', 'BLOCK_MEDIUM_AND_ABOVE'],
    ['some', 'BLOCK_MEDIUM_AND_ABOVE'],
    ['most', 'BLOCK_LOW_AND_ABOVE'],
  ])('gets the safety filter %s as %s in four categories', async (safetyFilter, threshold) => {
    await using server = await startStandIn(json(CONTENT));
    await ask(testSettings('gemini', server.url), { request: { safetyFilter } });
    const written = bodyOf(server).safetySettings as { threshold: string }[];
    expect(written.map((setting) => setting.threshold)).toEqual(Array(4).fill(threshold));
  });

  it('gets parameters in its own spelling, some of them beside the generation config', async () => {
    await using server = await startStandIn(json(CONTENT));
    const parameters = { max_output_tokens: 5, topK: 3, tools: [], generationConfig: { seed: 1 } };
    await ask(testSettings('gemini', server.url), { request: { parameters } });
    expect(bodyOf(server)).toMatchObject({
      generationConfig: { maxOutputTokens: 5, topK: 3, seed: 1 },
      tools: [],
    });
  });

  it.each([
    ['a blocked prompt', { promptFeedback: { blockReason: 'SAFETY' } }],
    ['a blocked answer', { candidates: [{ finishReason: 'SAFETY' }] }],
  ])('reports %s as filtered', async (_, body) => {
    await using server = await startStandIn(json(body));
    const settings = testSettings('gemini', server.url);
    expect((await askInVain(settings)).code).toBe('content_filtered');
    server.reply = pieces([`data: ${JSON.stringify(body)}\n\n`], 'text/event-stream');
    expect((await askInVain(settings, { onDelta: () => {} })).code).toBe('content_filtered');
  });

  it('says in its error body how long to wait', async () => {
    const details = [{ '@type': 'RetryInfo', retryDelay: '31s' }];
    await using server = await startStandIn(
      json({ error: { code: 429, status: 'RESOURCE_EXHAUSTED', details } }, 429),
    );
    expect((await askInVain(testSettings('gemini', server.url))).retryAfterMs).toBe(31_000);
  });
});

describe('Ollama', () => {
  it('gets options as options and the rest of its parameters beside them', async () => {
    await using server = await startStandIn(json({ message: { content: '4' }, done: true }));
    const parameters = { num_ctx: 2048, think: false, options: { top_k: 2 } };
    await ask(testSettings('ollama', server.url), { request: { parameters } });
    expect(bodyOf(server)).toMatchObject({ think: false, options: { num_ctx: 2048, top_k: 2 } });
  });
});

describe('OpenAI', () => {
  it.each(['openai', 'azure-openai', 'vllm'])('completes a text for %s', async (provider) => {
    await using server = await startStandIn(
      json({ choices: [{ text: '4', finish_reason: 'stop' }] }),
    );
    const settings = testSettings(provider, server.url);
    const request = { mode: 'completion', parameters: { stop: ['\n'] } } as const;
    const answer = await ask(settings, { request });
    expect(answer.texts).toEqual(['4']);
    expect(server.requests[0]!.url).toMatch(/[^t]\/completions/);
    expect(bodyOf(server)).toMatchObject({ prompt: 'What is 2+2?', stop: ['\n'] });
  });

  it.each(['openai', 'anthropic'])('gets bare strings among the parts for %s', async (provider) => {
    await using server = await startStandIn(
      json({ ...CHAT, content: [{ type: 'text', text: '4' }] }),
    );
    const messages = [{ role: 'user' as const, content: ['one', { type: 'text', text: 'two' }] }];
    await ask(testSettings(provider, server.url), { request: { messages } });
    expect(bodyOf(server).messages[0].content).toEqual([
      { type: 'text', text: 'one' },
      { type: 'text', text: 'two' },
    ]);
  });

  it('answers with a refusal where it refuses', async () => {
    const message = { content: null, refusal: 'I cannot help with that.' };
    await using server = await startStandIn(
      json({ choices: [{ message, finish_reason: 'stop' }] }),
    );
    expect((await ask(testSettings('openai', server.url))).texts).toEqual([message.refusal]);
  });

  it('uses the version-free API of Azure where the address says so', async () => {
    await using server = await startStandIn(json(CHAT));
    await ask(testSettings('azure-openai', `${server.url}/openai/v1`));
    expect(server.requests[0]!.url).toBe('/openai/v1/chat/completions');
  });

  it('streams several choices apart', async () => {
    const chunk = (index: number, content: string, finish_reason?: string) =>
      `data: ${JSON.stringify({ choices: [{ index, delta: { content }, finish_reason }] })}\r\n\r\n`;
    const list = [
      chunk(0, 'a'),
      chunk(1, 'x'),
      chunk(0, 'b', 'stop'),
      chunk(1, 'y', 'stop'),
      'data: [DONE]\n\n',
    ];
    await using server = await startStandIn(pieces(list, 'text/event-stream'));
    const deltas: string[] = [];
    const answer = await ask(testSettings('openai', server.url), {
      onDelta: (delta) => deltas.push(delta),
      request: { choices: 2 },
    });
    expect([answer.texts, deltas]).toEqual([
      ['ab', 'xy'],
      ['a', 'b'],
    ]);
  });
});

describe('an error message', () => {
  it('is cut only after keys are taken out, so that no half of one is left', async () => {
    const message = `${'x'.repeat(490)} ${TEST_KEY}`;
    await using server = await startStandIn(json({ error: { message } }, 400));
    const error = await askInVain(testSettings('openai', server.url));
    expect(error.message).not.toContain(TEST_KEY.slice(0, 6));
    expect(error.message.length).toBeLessThan(600);
  });

  it('of a web page quotes its beginning after keys are taken out', async () => {
    await using server = await startStandIn(text(`<p>${TEST_KEY} ${'y'.repeat(9000)}`));
    const error = await askInVain(testSettings('openai', server.url));
    expect(error.message).toContain('<p>[key] yyy');
    expect(error.message.length).toBeLessThan(250);
  });
});

describe('a model', () => {
  it('of another name is told as the one that answered', async () => {
    await using server = await startStandIn(json({ ...CHAT, model: 'other-1' }));
    expect((await ask(testSettings('openai', server.url))).model).toBe('other-1');
    server.reply = json(CHAT);
    expect((await ask(testSettings('openai', server.url))).model).toBeNull();
  });
});
