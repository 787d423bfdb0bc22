import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../core/json.ts';
import type { GenerateRequest, LearnedForm } from '../core/model.ts';
import type { EndpointSettings } from './endpoint-settings.ts';
import { openEndpoint } from './open-endpoint.ts';
import { STOPPED_CLOCK, testSettings } from './testing/ask-endpoint.ts';
import { json, type Reply, startStandIn, text } from './testing/stand-in-server.ts';

const SCHEMA = {
  name: 'rows',
  schema: { type: 'object', properties: { a: { type: 'string' } } },
};
const ANSWER = json({ choices: [{ message: { content: '{"a":"x"}' }, finish_reason: 'stop' }] });
const refusal = (message: string, status = 400) => json({ error: { message } }, status);

type Body = {
  readonly response_format?: { readonly type: string };
  readonly messages: JsonObject[];
};

/** A server that refuses the types of `response_format` in these words. */
const refusing =
  (words: Readonly<Record<string, string>>, status = 400): Reply =>
  (response, request) => {
    const { response_format: format } = JSON.parse(request.body) as Body;
    const refused = format && words[format.type];
    (refused === undefined ? ANSWER : refusal(refused, status))(response, request);
  };
const levelsOf = ({ requests }: { requests: readonly { body: string }[] }) =>
  requests.map(({ body }) => (JSON.parse(body) as Body).response_format?.type ?? 'prompt');

async function openLane(
  url: string,
  settings: Partial<EndpointSettings> = {},
  provider = 'openai-compatible',
) {
  const endpoint = openEndpoint(testSettings(provider, url, settings), STOPPED_CLOCK);
  const model = await endpoint.model('m-1', `${provider}/m-1`);
  const { signal } = new AbortController();
  return {
    model,
    ask: (request: Partial<GenerateRequest> = {}) =>
      model.generate(
        {
          messages: [{ role: 'user', content: 'Hi' }],
          parameters: {},
          choices: 1,
          schema: SCHEMA,
          ...request,
        },
        { signal },
      ),
    [Symbol.asyncDispose]: () => endpoint.close(),
  };
}

const UNAVAILABLE = 'This response_format type is unavailable now';

describe('a server that refuses a level', () => {
  it.each([
    UNAVAILABLE,
    "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
    "'response_format.type' must be 'json_schema' or 'text'",
    'json_schema is not supported by this backend',
    'model does not support response_format',
    'Unknown parameter: responseFormat',
  ])('is asked one lower within the same try, and from then on: %s', async (message) => {
    await using server = await startStandIn(refusing({ json_schema: message }));
    await using lane = await openLane(server.url);
    const first = await lane.ask();
    expect([first.texts, first.details]).toEqual([
      ['{"a":"x"}'],
      {
        structured: 'json_object',
        notes: [`asked by json_object, since the server said: 400: ${message}`],
      },
    ]);
    expect((await lane.ask()).details).toEqual({ structured: 'json_object' });
    expect(levelsOf(server)).toEqual(['json_schema', 'json_object', 'json_object']);
    expect(lane.model.learned?.()).toEqual({
      structured: 'json_object',
      because: expect.stringContaining(message),
    });
    const [, second] = server.requests;
    expect((JSON.parse(second!.body) as Body).messages[0]).toMatchObject({
      role: 'system',
      content: expect.stringContaining('JSON'),
    });
  });

  it('is asked by the prompt alone where it knows neither', async () => {
    const words = { json_schema: UNAVAILABLE, json_object: 'response_format is not supported' };
    await using server = await startStandIn(refusing(words, 422));
    await using lane = await openLane(server.url);
    expect((await lane.ask()).details).toMatchObject({ structured: 'prompt' });
    expect((await lane.ask()).details).toEqual({ structured: 'prompt' });
    expect(levelsOf(server)).toEqual(['json_schema', 'json_object', 'prompt', 'prompt']);
    expect(lane.model.learned?.()).toMatchObject({ structured: 'prompt' });
  });

  it('is one level lower for all calls of a lane that were refused at once', async () => {
    let held: (() => void)[] = [];
    const reply = refusing({ json_schema: UNAVAILABLE });
    await using server = await startStandIn((response, request) => {
      held.push(() => reply(response, request));
      if (held.length < 4) return;
      const all = held;
      held = [];
      for (const answer of all) answer();
    });
    await using lane = await openLane(server.url);
    const answers = await Promise.all([1, 2, 3, 4].map(() => lane.ask()));
    expect(answers.map(({ details }) => details?.structured)).toEqual(
      new Array(4).fill('json_object'),
    );
    expect(levelsOf(server)).toEqual([
      ...new Array(4).fill('json_schema'),
      ...new Array(4).fill('json_object'),
    ]);
    expect(lane.model.learned?.()).toMatchObject({ structured: 'json_object' });
  });

  it('is asked where the lane is by now, by a call that was refused late', async () => {
    let late: (() => void) | undefined;
    const words = { json_schema: UNAVAILABLE, json_object: UNAVAILABLE };
    const reply = refusing(words);
    await using server = await startStandIn((response, request) => {
      if (late === undefined) late = () => reply(response, request);
      else reply(response, request);
    });
    await using lane = await openLane(server.url);
    const first = lane.ask();
    while (server.requests.length < 1) await new Promise((resolve) => setImmediate(resolve));
    await lane.ask();
    late!();
    expect((await first).details).toMatchObject({ structured: 'prompt' });
    expect(levelsOf(server)).toEqual([
      'json_schema',
      'json_schema',
      'json_object',
      'prompt',
      'prompt',
    ]);
  });

  it('begins where an earlier process has ended', async () => {
    await using server = await startStandIn(ANSWER);
    await using lane = await openLane(server.url);
    const form: LearnedForm = { structured: 'json_object', because: '400: no' };
    lane.model.recall?.(form);
    await lane.ask();
    expect(levelsOf(server)).toEqual(['json_object']);
    expect(lane.model.learned?.()).toEqual(form);
  });

  it('is never asked at another level than the one that the user has set', async () => {
    await using server = await startStandIn(refusing({ json_schema: UNAVAILABLE }));
    await using lane = await openLane(server.url, { structured: 'json_schema' });
    await expect(lane.ask()).rejects.toMatchObject({
      code: 'bad_request',
      said: UNAVAILABLE,
    });
    expect(levelsOf(server)).toEqual(['json_schema']);
  });

  it('is not asked again for what else is wrong with a request', async () => {
    await using server = await startStandIn(refusal('messages: at least one message is required'));
    await using lane = await openLane(server.url);
    await expect(lane.ask()).rejects.toMatchObject({ code: 'bad_request' });
    expect(levelsOf(server)).toEqual(['json_schema']);
    expect(lane.model.learned?.()).toBeNull();
  });

  it('is asked as without a schema where none is asked for, whatever it refuses', async () => {
    await using server = await startStandIn(refusal(UNAVAILABLE));
    await using lane = await openLane(server.url);
    await expect(lane.ask({ schema: undefined })).rejects.toMatchObject({ code: 'bad_request' });
    expect(server.requests).toHaveLength(1);
  });

  it('tells the first error where no level gives an answer, and learns nothing', async () => {
    await using server = await startStandIn((response, request) => {
      const { response_format: format } = JSON.parse(request.body) as Body;
      refusal(format ? `response_format ${format.type} is bad` : 'something else')(
        response,
        request,
      );
    });
    await using lane = await openLane(server.url);
    await expect(lane.ask()).rejects.toMatchObject({ said: 'response_format json_schema is bad' });
    expect(levelsOf(server)).toEqual(['json_schema', 'json_object', 'prompt']);
    expect(lane.model.learned?.()).toBeNull();
  });

  it('tells that a row is too long, which is said at a lower level only', async () => {
    await using server = await startStandIn((response, request) => {
      const { response_format: format } = JSON.parse(request.body) as Body;
      const message =
        format?.type === 'json_schema'
          ? UNAVAILABLE
          : 'prompt is too long: 210000 tokens > 200000 maximum';
      refusal(message)(response, request);
    });
    await using lane = await openLane(server.url);
    await expect(lane.ask()).rejects.toMatchObject({
      code: 'context_too_long',
      context: { limit: 200000, given: 210000 },
    });
  });

  it('learns both of what it refuses: the level, and streams', async () => {
    await using server = await startStandIn((response, request) => {
      const { response_format: format, stream } = JSON.parse(request.body) as Body & {
        stream?: boolean;
      };
      if (format?.type === 'json_schema') refusal(UNAVAILABLE)(response, request);
      else if (!stream) refusal('stream must be true')(response, request);
      else {
        const event = { choices: [{ delta: { content: '{}' }, finish_reason: 'stop' }] };
        text(`data: ${JSON.stringify(event)}\n\ndata: [DONE]\n\n`, 200, {
          'content-type': 'text/event-stream',
        })(response, request);
      }
    });
    await using lane = await openLane(server.url);
    await lane.ask();
    await lane.ask();
    expect(lane.model.learned?.()).toMatchObject({ structured: 'json_object', stream: true });
    expect(server.requests).toHaveLength(4);
  });
});

describe('vendors that refuse a level in their own words', () => {
  const gemini = json({
    candidates: [{ content: { parts: [{ text: '{}' }] }, finishReason: 'STOP' }],
  });
  it.each<[provider: string, message: string, answer: Reply, first: RegExp, second: RegExp]>([
    [
      'openai',
      "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model. Learn more",
      ANSWER,
      /"json_schema"/,
      /"json_object"/,
    ],
    [
      'gemini',
      'JSON mode is not enabled for models/gemma-3-27b-it',
      gemini,
      /responseJsonSchema/,
      /"responseMimeType":"application\/json"\}/,
    ],
    [
      'ollama',
      'json: cannot unmarshal object into Go struct field ChatRequest.format of type string',
      json({ message: { content: '{}' }, done: true, done_reason: 'stop' }),
      /"format":\{/,
      /"format":"json"/,
    ],
    [
      'anthropic',
      'output_config.format: this model does not support structured outputs',
      json({ content: [{ type: 'text', text: '{}' }], stop_reason: 'end_turn' }),
      /"output_config"/,
      /"system"/,
    ],
    [
      'mistral',
      'Structured output is not supported for this model',
      ANSWER,
      /"json_schema"/,
      /"json_object"/,
    ],
  ])('%s is asked one lower', async (provider, message, answer, first, second) => {
    let asked = 0;
    await using server = await startStandIn((response, request) =>
      (asked++ === 0 ? refusal(message) : answer)(response, request),
    );
    await using lane = await openLane(server.url, {}, provider);
    await lane.ask();
    const [one, two] = server.requests.map(({ body }) => body);
    expect([first.test(one!), second.test(two!)]).toEqual([true, true]);
  });

  it('shows the user a schema that OpenAI finds wrong, and does not ask otherwise', async () => {
    await using server = await startStandIn(
      refusal("Invalid schema for response_format 'rows': In context=(), 'x' is not permitted."),
    );
    await using lane = await openLane(server.url, {}, 'openai');
    await expect(lane.ask()).rejects.toMatchObject({ code: 'bad_request' });
    expect(server.requests).toHaveLength(1);
  });
});
