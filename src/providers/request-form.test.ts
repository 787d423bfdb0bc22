import { describe, expect, it } from 'vitest';
import type { Clock } from '../core/clock.ts';
import type { GenerateRequest } from '../core/model.ts';
import { openEndpoint } from './open-endpoint.ts';
import { ask, askInVain, STOPPED_CLOCK, testSettings } from './testing/ask-endpoint.ts';
import { json, type Reply, startStandIn, text } from './testing/stand-in-server.ts';

const ANSWER = { choices: [{ message: { content: '4' }, finish_reason: 'stop' }] };
const STREAM = `data: ${JSON.stringify({ choices: [{ delta: { content: '4' }, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`;
const streamed = text(STREAM, 200, { 'content-type': 'text/event-stream' });
const refusal = (message: string, more: object = {}) =>
  json({ error: { message, type: 'invalid_request_error', ...more } }, 400);

type Body = Record<string, unknown>;
const byBody =
  (reply: (body: Body) => Reply): Reply =>
  (response, request) =>
    reply(JSON.parse(request.body) as Body)(response, request);
const bodies = ({ requests }: { requests: readonly { body: string }[] }) =>
  requests.map(({ body }) => JSON.parse(body) as Body);

const REQUEST: GenerateRequest = {
  messages: [{ role: 'user', content: 'Hi' }],
  parameters: {},
  choices: 1,
};

/** A model with calls of its own, over which it may learn. */
async function openModel(url: string, clock: Clock = STOPPED_CLOCK, stream?: boolean) {
  const endpoint = openEndpoint(testSettings('openai', url, { stream }), clock);
  const model = await endpoint.model('m-1', 'openai/m-1');
  const { signal } = new AbortController();
  return {
    model,
    ask: (request: Partial<GenerateRequest> = {}, onDelta?: (text: string) => void) =>
      model.generate({ ...REQUEST, ...request }, onDelta ? { signal, onDelta } : { signal }),
    [Symbol.asyncDispose]: () => endpoint.close(),
  };
}

describe('a server that only streams', () => {
  it.each([
    'This model only support stream mode, please enable the stream parameter to access the model. ',
    'Streaming is required for this request',
    'stream must be true',
    'Non-streaming requests are not supported',
    '该模型仅支持流式输出',
  ])('is asked for a stream within the same try, and from then on: %s', async (message) => {
    await using server = await startStandIn(
      byBody(({ stream }) => (stream ? streamed : refusal(message))),
    );
    await using lane = await openModel(server.url);
    const first = await lane.ask();
    expect(first.texts).toEqual(['4']);
    expect(first.details?.notes).toEqual([expect.stringContaining(`asked for a stream`)]);
    const second = await lane.ask();
    expect([second.texts, second.details]).toEqual([['4'], undefined]);
    expect(bodies(server).map(({ stream = false }) => stream)).toEqual([false, true, true]);
    expect(lane.model.learned?.()).toEqual({
      stream: true,
      because: expect.stringContaining(message.trim()),
    });
  });

  it('is never asked in a way that the user has ruled out', async () => {
    const message = 'stream must be true';
    await using server = await startStandIn(
      byBody(({ stream }) => (stream ? streamed : refusal(message))),
    );
    const bySettings = await askInVain(testSettings('openai', server.url, { stream: false }));
    const byRow = await askInVain(testSettings('openai', server.url), {
      request: { stream: false },
    });
    expect([bySettings.code, byRow.code]).toEqual(['bad_request', 'bad_request']);
    expect(server.requests).toHaveLength(2);
  });
});

describe('a server that cannot stream', () => {
  it.each([
    [
      "Unsupported value: 'stream' does not support true with this model.",
      { param: 'stream', code: 'unsupported_value' },
    ],
    [
      'Your organization must be verified to stream this model.',
      { param: 'stream', code: 'unsupported_value' },
    ],
    ['Streaming is not supported', {}],
  ])('is asked without, and the text comes in one piece: %s', async (message, more) => {
    await using server = await startStandIn(
      byBody(({ stream }) => (stream ? refusal(message, more) : json(ANSWER))),
    );
    await using lane = await openModel(server.url);
    const deltas: string[] = [];
    expect((await lane.ask({}, (delta) => deltas.push(delta))).texts).toEqual(['4']);
    expect(deltas).toEqual(['4']);
    expect(lane.model.learned?.()).toMatchObject({ stream: false });
  });

  it('is believed only when the other way works: the first error is told', async () => {
    await using server = await startStandIn(
      byBody(({ stream }) =>
        refusal(stream ? 'quite another mistake' : 'no stream of thought, please'),
      ),
    );
    await using lane = await openModel(server.url);
    await expect(lane.ask()).rejects.toThrow('no stream of thought');
    expect(lane.model.learned?.()).toBeNull();
  });
});

describe('an accident that speaks of streams', () => {
  it.each([
    [502, 'stream error: stream ID 37; INTERNAL_ERROR; received from peer'],
    [500, 'upstream connect error or disconnect: the stream was reset'],
    [200, 'The stream was interrupted'],
  ])('is no refusal of the form, and not asked again here: %i %s', async (status, message) => {
    const fails = json({ error: { message, type: 'api_error' } }, status);
    await using server = await startStandIn(byBody(({ stream }) => (stream ? streamed : fails)));
    await using lane = await openModel(server.url);
    await expect(lane.ask()).rejects.toThrow(message);
    expect(server.requests).toHaveLength(1);
    expect(lane.model.learned?.()).toBeNull();
  });

  it('leaves what had come of a stream: it is told once, and kept', async () => {
    const piece = `data: ${JSON.stringify({ choices: [{ delta: { content: 'Once upon' } }] })}\n\n`;
    const error = `data: ${JSON.stringify({ error: { message: 'streaming is not supported here' } })}\n\n`;
    await using server = await startStandIn(
      text(piece + error, 200, { 'content-type': 'text/event-stream' }),
    );
    await using lane = await openModel(server.url);
    const deltas: string[] = [];
    await expect(lane.ask({}, (delta) => deltas.push(delta))).rejects.toMatchObject({
      partialText: 'Once upon',
    });
    expect([deltas, server.requests.length]).toEqual([['Once upon'], 1]);
  });
});

describe('a server that does not know stream_options', () => {
  const strict = (status: number, body: unknown) =>
    byBody((sent) => ('stream_options' in sent ? json(body, status) : streamed));

  it.each([
    [400, { error: { message: "Unknown parameter: 'stream_options'", param: 'stream_options' } }],
    [422, { detail: [{ loc: ['body', 'stream_options'], msg: 'Extra inputs are not permitted' }] }],
    [
      400,
      {
        object: 'error',
        message: "[{'type': 'extra_forbidden', 'loc': ('body', 'stream_options')}]",
      },
    ],
    [400, { error: { message: 'include_usage is not permitted' } }],
  ])('is asked without them (%s)', async (status, body) => {
    await using server = await startStandIn(strict(status, body));
    await using lane = await openModel(server.url);
    expect((await lane.ask({}, () => {})).texts).toEqual(['4']);
    expect((await lane.ask({}, () => {})).texts).toEqual(['4']);
    expect(bodies(server).map((one) => 'stream_options' in one)).toEqual([true, false, false]);
    expect(lane.model.learned?.()).toMatchObject({ streamOptions: false });
  });

  it('is not told that there are none, either', async () => {
    await using server = await startStandIn(strict(400, { error: { message: 'stream_options?' } }));
    const request = { parameters: { stream_options: null } };
    const answer = await ask(testSettings('openai', server.url), { request, onDelta: () => {} });
    expect(answer.texts).toEqual(['4']);
  });

  it("keeps the user's own, whatever the server says", async () => {
    await using server = await startStandIn(strict(400, { error: { message: 'stream_options?' } }));
    const request = { parameters: { stream_options: { include_usage: false } } };
    const error = await askInVain(testSettings('openai', server.url), {
      request,
      onDelta: () => {},
    });
    expect([error.code, server.requests.length]).toEqual(['bad_request', 1]);
  });
});

describe('a gateway that cuts silent calls', () => {
  let nowMs = 0;
  const clock: Clock = { ...STOPPED_CLOCK, monotonicMs: () => nowMs };
  const cut =
    (silentMs: number): Reply =>
    (response) => {
      nowMs += silentMs;
      response.destroy();
    };

  it('is asked for a stream when a call was cut twice', async () => {
    await using server = await startStandIn(
      byBody(({ stream }) => (stream ? streamed : cut(60_000))),
    );
    await using lane = await openModel(server.url, clock);
    const { signal } = new AbortController();
    const request = { ...REQUEST };
    for (const _ of [1, 2]) {
      await expect(lane.model.generate(request, { signal })).rejects.toMatchObject({
        code: 'connection_reset',
      });
    }
    expect((await lane.model.generate(request, { signal })).texts).toEqual(['4']);
    expect(lane.model.learned?.()).toMatchObject({ stream: true });
    expect((await lane.ask()).texts).toEqual(['4']);
  });

  it('is not meant where a connection is cut at once', async () => {
    await using server = await startStandIn(cut(10));
    await using lane = await openModel(server.url, clock);
    const { signal } = new AbortController();
    const request = { ...REQUEST };
    for (const _ of [1, 2, 3]) await lane.model.generate(request, { signal }).catch(() => {});
    expect(bodies(server).map(({ stream = false }) => stream)).toEqual([false, false, false]);
  });
});

describe('the form of a request', () => {
  it('is what the row says, else what the endpoint says, else streamed where pieces are wanted', async () => {
    await using server = await startStandIn(
      byBody(({ stream }) => (stream ? streamed : json(ANSWER))),
    );
    await using plain = await openModel(server.url);
    await using streaming = await openModel(server.url, STOPPED_CLOCK, true);
    await plain.ask();
    await plain.ask({}, () => {});
    await plain.ask({ stream: true });
    await plain.ask({ stream: false }, () => {});
    await streaming.ask();
    await streaming.ask({ stream: false });
    expect(bodies(server).map(({ stream = false }) => stream)).toEqual([
      false,
      true,
      true,
      false,
      true,
      false,
    ]);
  });

  it('begins with what an earlier process has learned', async () => {
    await using server = await startStandIn(streamed);
    await using lane = await openModel(server.url);
    lane.model.recall?.({ stream: true, streamOptions: false, because: 'it said so' });
    await lane.ask();
    expect(bodies(server)[0]).toMatchObject({ stream: true });
    expect(bodies(server)[0]).not.toHaveProperty('stream_options');
  });
});

describe('a body that is to be kept', () => {
  it('is kept whole, with the digits of its numbers and without secrets', async () => {
    const body =
      '{"choices":[{"message":{"content":"4"},"finish_reason":"stop"}],"x":1.50,"key":"sk-test-AbCdEfGh12345678"}';
    await using server = await startStandIn(
      text(body, 200, { 'content-type': 'application/json' }),
    );
    const answer = await ask(testSettings('openai', server.url), { request: { keepRaw: true } });
    expect(JSON.stringify(answer.details?.raw)).toBe(
      body.replace('sk-test-AbCdEfGh12345678', '[key]'),
    );
  });

  it('is the list of its events where it was a stream, asked for or not', async () => {
    await using server = await startStandIn(streamed);
    const settings = testSettings('openai', server.url);
    const request = { keepRaw: true };
    const events = [{ choices: [{ delta: { content: '4' }, finish_reason: 'stop' }] }];
    expect((await ask(settings, { request })).details?.raw).toEqual(events);
    expect((await ask(settings, { request, onDelta: () => {} })).details?.raw).toEqual(events);
  });

  it('is not kept unless it is to be', async () => {
    await using server = await startStandIn(json(ANSWER));
    expect((await ask(testSettings('openai', server.url))).details).toBeUndefined();
  });
});
