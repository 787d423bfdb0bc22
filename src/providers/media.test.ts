import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeMediaStore } from '../../test/support/fake-media.ts';
import { startedSim } from '../../test/support/started-sim.ts';
import type { FileStore, StoredFile } from '../core/file-store.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { MediaPart } from '../core/media-part.ts';
import { systemClock } from '../core/system-clock.ts';
import { openEndpoint } from './open-endpoint.ts';
import { ask, askInVain, testSettings } from './testing/ask-endpoint.ts';
import { json, startStandIn } from './testing/stand-in-server.ts';

let store: FakeMediaStore;
beforeEach(() => {
  store = new FakeMediaStore();
});

const BYTES = Buffer.from('the bytes');
const B64 = BYTES.toString('base64');
const URL = 'https://example.com/a';

/** The body that a provider sends for a message of these parts. */
async function bodyOf(provider: string, ...content: JsonValue[]): Promise<JsonObject> {
  await using server = await startStandIn(json({ error: { message: 'seen' } }, 400));
  await askInVain(testSettings(provider, server.url), {
    request: { messages: [{ role: 'user', content }] },
  });
  const [{ body, headers }] = server.requests as unknown as [{ body: string; headers: JsonObject }];
  expect(Number(headers['content-length'])).toBe(Buffer.byteLength(body));
  expect(headers['transfer-encoding']).toBeUndefined();
  expect(store.holding).toBe(0);
  return JSON.parse(body) as JsonObject;
}

/** A server that is told of each connection when something has come over it. */
async function rawServer(onData: (socket: Socket) => void) {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => onData(socket));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.dispose]: () => void server.close(),
  };
}

/** The parts as they are sent, behind the text. */
async function sent(provider: string, part: MediaPart): Promise<JsonValue> {
  const body = await bodyOf(provider, 'Look:', part);
  const [message] = (body.messages ?? body.contents ?? body.input) as JsonObject[];
  const list = (message!.content ?? message!.parts) as JsonValue[];
  return list[1]!;
}

const image = () => store.part('image', 'image/png', BYTES);
const data = (type: string) => `data:${type};base64,${B64}`;

describe('a part is written as its API has it', () => {
  it.each<[string, () => MediaPart, JsonValue]>([
    ['openai', image, { type: 'image_url', image_url: { url: data('image/png') } }],
    [
      'openai',
      () => store.part('image', 'image/png', BYTES, { detail: 'low', others: { x: 1 } }),
      { type: 'image_url', image_url: { url: data('image/png'), detail: 'low' }, x: 1 },
    ],
    ['openai', () => store.linked('image', URL), { type: 'image_url', image_url: { url: URL } }],
    [
      'openai',
      () => store.part('audio', 'audio/mpeg', BYTES),
      { type: 'input_audio', input_audio: { data: B64, format: 'mp3' } },
    ],
    [
      'azure-openai',
      () => store.part('audio', 'audio/wav', BYTES),
      { type: 'input_audio', input_audio: { data: B64, format: 'wav' } },
    ],
    [
      'openai',
      () => store.part('document', 'application/pdf', BYTES),
      { type: 'file', file: { filename: 'a.pdf', file_data: data('application/pdf') } },
    ],
    [
      'openai-compatible',
      () => store.part('video', 'video/mp4', BYTES),
      { type: 'video_url', video_url: { url: data('video/mp4') } },
    ],
    ['groq', image, { type: 'image_url', image_url: { url: data('image/png') } }],
    ['openai-responses', image, { type: 'input_image', image_url: data('image/png') }],
    [
      'openai-responses',
      () => store.part('document', 'application/pdf', BYTES),
      { type: 'input_file', filename: 'a.pdf', file_data: data('application/pdf') },
    ],
    [
      'openai-responses',
      () => store.linked('document', URL),
      { type: 'input_file', file_url: URL },
    ],
    [
      'anthropic',
      () => store.part('image', 'image/png', BYTES, { others: { cache_control: {} } }),
      {
        type: 'image',
        source: { type: 'base64', media_type: 'image/png', data: B64 },
        cache_control: {},
      },
    ],
    [
      'anthropic',
      () => store.linked('document', URL),
      { type: 'document', source: { type: 'url', url: URL } },
    ],
    ['mistral', image, { type: 'image_url', image_url: { url: data('image/png') } }],
    [
      'mistral',
      () => store.part('audio', 'audio/mpeg', BYTES),
      { type: 'input_audio', input_audio: B64 },
    ],
    [
      'mistral',
      () => store.part('document', 'application/pdf', BYTES),
      { type: 'document_url', document_url: data('application/pdf'), document_name: 'a.pdf' },
    ],
    ['gemini', image, { inlineData: { mimeType: 'image/png', data: B64 } }],
    [
      'gemini',
      () =>
        store.part('video', 'video/quicktime', BYTES, { others: { videoMetadata: { fps: 1 } } }),
      { inlineData: { mimeType: 'video/mov', data: B64 }, videoMetadata: { fps: 1 } },
    ],
    [
      'gemini',
      () => store.linked('audio', 'gs://b/a', 'audio/mpeg'),
      { fileData: { mimeType: 'audio/mp3', fileUri: 'gs://b/a' } },
    ],
  ])('%s', async (provider, part, expected) => {
    expect(await sent(provider, part())).toEqual(expected);
  });

  it('beside the text, for Ollama', async () => {
    const body = await bodyOf('ollama', 'Look:', image(), 'Well?');
    expect(body.messages).toEqual([{ role: 'user', content: 'Look:\nWell?', images: [B64] }]);
  });

  it.each([
    ['anthropic', () => store.part('audio', 'audio/wav', BYTES), /a sound .*cannot be told/],
    [
      'azure-openai',
      () => store.part('document', 'application/pdf', BYTES),
      /a PDF .*cannot be told/,
    ],
    ['ollama', () => store.linked('image', URL), /an image .*by its address/],
    ['openai', () => store.part('image', 'image/tiff', BYTES), /of type image\/tiff/],
  ])(
    'and refused by %s before it is sent where it has no form',
    async (provider, part, message) => {
      await using server = await startStandIn();
      const error = await askInVain(testSettings(provider, server.url), {
        request: { messages: [{ role: 'user', content: [part()] }] },
      });
      expect(error).toMatchObject({ code: 'bad_request', message: expect.stringMatching(message) });
      expect([server.requests.length, store.holding]).toEqual([0, 0]);
    },
  );
});

describe('the bytes of a body', () => {
  it('stand where they belong, whatever the texts around them are', async () => {
    const hostile = '";}]{0;1;\\u0000  data:;base64,';
    const other = store.part('image', 'image/jpeg', Buffer.from('another one'));
    const body = await bodyOf('openai', hostile, image(), other, image(), '✓');
    const [{ content }] = body.messages as [{ content: JsonObject[] }];
    expect(content.map(({ text, image_url }) => text ?? (image_url as JsonObject).url)).toEqual([
      hostile,
      data('image/png'),
      `data:image/jpeg;base64,${Buffer.from('another one').toString('base64')}`,
      data('image/png'),
      '✓',
    ]);
  });

  it('are let go of as soon as they are sent, not when the answer comes', async () => {
    let answer = () => {};
    await using server = await startStandIn((response) => {
      answer = () => response.end(JSON.stringify({ error: { message: 'no' } }));
      response.writeHead(400, { 'content-type': 'application/json' });
      response.flushHeaders();
    });
    const large = store.part('image', 'image/png', Buffer.alloc(3_000_000, 7));
    const done = askInVain(testSettings('openai', server.url), {
      request: { messages: [{ role: 'user', content: [large] }] },
    });
    while (server.requests.length === 0) await nextTurn();
    await nextTurn();
    expect(store.holding).toBe(0);
    answer();
    expect((await done).code).toBe('bad_request');
    expect(server.requests[0]!.body).toContain(Buffer.alloc(3_000_000, 7).toString('base64'));
  });

  it('are brought anew for another form of the same request', async () => {
    await using server = await startStandIn((response, { body }) => {
      const isStream = body.includes('"stream":true');
      const refusal = { error: { message: 'stream is not supported', code: 'unsupported_value' } };
      const choice = { message: { content: 'ok' }, finish_reason: 'stop' };
      response.writeHead(isStream ? 400 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isStream ? refusal : { choices: [choice] }));
    });
    const request = { messages: [{ role: 'user', content: [image()] }] };
    const options = { request, onDelta: () => {} };
    expect((await ask(testSettings('openai-compatible', server.url), options)).texts).toEqual([
      'ok',
    ]);
    expect(server.requests.map(({ body }) => body.includes(B64))).toEqual([true, true]);
    expect(store.holding).toBe(0);
  });

  it('that a server does not read to their end leave its answer readable', async () => {
    using server = await rawServer((socket) => {
      const body = '{"error":{"message":"Request too large"}}';
      socket.end(
        `HTTP/1.1 413 X\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
      );
    });
    const large = store.part('image', 'image/png', Buffer.alloc(6_000_000, 7));
    const error = await askInVain(testSettings('openai', server.url), {
      request: { messages: [{ role: 'user', content: [large] }] },
    });
    expect(['bad_request', 'context_too_long', 'connection_reset']).toContain(error.code);
    expect(store.holding).toBe(0);
  });

  it('go through an HTTP proxy, too', async () => {
    const seen: string[] = [];
    await using proxy = await startStandIn((response, { body, url }) => {
      seen.push(url, body);
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end('{"error":{"message":"no"}}');
    });
    const settings = testSettings('openai-compatible', 'http://models.example/v1', {
      proxy: { httpProxy: proxy.url },
    });
    await askInVain(settings, { request: { messages: [{ role: 'user', content: [image()] }] } });
    expect(seen[0]).toBe('http://models.example/v1/chat/completions');
    expect(seen[1]).toContain(B64);
    expect(store.holding).toBe(0);
  });

  it('are let go of when the call is stopped', async () => {
    await using server = await startStandIn(() => {});
    const stop = new AbortController();
    const done = ask(testSettings('openai', server.url), {
      request: { messages: [{ role: 'user', content: [image()] }] },
      signal: stop.signal,
    });
    while (server.requests.length === 0) await nextTurn();
    stop.abort(new Error('stopped'));
    await expect(done).rejects.toThrow('stopped');
    expect(store.holding).toBe(0);
  });
});

describe("Gemini's store of files", () => {
  const pagesOf = async (files: FileStore) => {
    const pages: (readonly StoredFile[])[] = [];
    for await (const page of files.list()) pages.push(page);
    return pages;
  };
  const open = async (url: string) => {
    const settings = testSettings('gemini', url, { secrets: [] });
    const endpoint = openEndpoint(settings, systemClock);
    const model = await endpoint.model('m', 'gemini/m');
    return { model, files: model.files!, [Symbol.asyncDispose]: () => endpoint.close() };
  };

  it('takes what would make a request too large, largest first, and requests name it', async () => {
    const sim = await startedSim();
    await using opened = await open(sim.baseUrl('gemini'));
    const large = store.part('video', 'video/mp4', Buffer.alloc(16_000_000, 1));
    const small = store.part('image', 'image/png', Buffer.alloc(100_000, 2));
    const messages = [{ role: 'user', content: ['Look:', small, large] }];
    const request = { messages, parameters: {}, choices: 1 };
    const { signal } = new AbortController();
    const answer = await opened.model.generate(request, { signal });
    expect(answer.texts).toHaveLength(1);
    const { contents } = sim.requests.at(-1)!.body as { contents: { parts: JsonObject[] }[] };
    const [file] = (await pagesOf(opened.files)).flat();
    const { name, uri, mediaType } = file!;
    expect(contents[0]!.parts.map((part) => Object.keys(part)[0])).toEqual([
      'text',
      'inlineData',
      'fileData',
    ]);
    expect(contents[0]!.parts[2]).toEqual({ fileData: { mimeType: 'video/mp4', fileUri: uri } });
    expect([store.brought, mediaType]).toEqual([[large.sha256], 'video/mp4']);
    expect(await opened.files.find(name)).toMatchObject({ sha256: large.sha256, size: 16_000_000 });
    expect(await opened.files.delete(name)).toBe(true);
    expect(await opened.files.delete(name)).toBe(false);
    expect(await opened.files.find(name)).toBeNull();
  });

  it('is listed page by page', async () => {
    const sim = await startedSim();
    await using opened = await open(sim.baseUrl('gemini'));
    for (let n = 0; n < 205; n++) {
      const part = store.part('image', 'image/png', Buffer.from(`${n}`));
      const chunks = async function* () {
        yield Buffer.from(`${n}`);
      };
      await opened.files.upload({
        name: part.name,
        mediaType: 'image/png',
        size: `${n}`.length,
        chunks,
      });
    }
    const pages = await pagesOf(opened.files);
    expect(pages.map((page) => page.length)).toEqual([100, 100, 5]);
  });

  it('is asked with the key, which no other server is sent, nor any byte of a file', async () => {
    await using elsewhere = await startStandIn();
    await using server = await startStandIn((response) => {
      response.writeHead(200, { 'x-goog-upload-url': `${elsewhere.url}/upload?upload_id=1` });
      response.end('{}');
    });
    await using opened = await open(server.url);
    const chunks = async function* () {
      yield BYTES;
    };
    const upload = opened.files.upload({ name: 'a', mediaType: 'image/png', size: 9, chunks });
    await expect(upload).rejects.toMatchObject({ code: 'unexpected_redirect' });
    expect(elsewhere.requests).toHaveLength(0);
    expect(server.requests[0]!.headers['x-goog-api-key']).toContain('sk-test');
    expect(server.requests[0]!.url).toBe('/upload/v1beta/files');
  });

  it.each([
    [
      400,
      { error: { message: 'API key not valid.', details: [{ reason: 'API_KEY_INVALID' }] } },
      'unauthorized',
    ],
    [404, { error: { message: 'nothing here' } }, 'bad_request'],
    [503, { error: { message: 'later', status: 'UNAVAILABLE' } }, 'overloaded'],
  ])('says what a status of %i means', async (status, body, code) => {
    await using server = await startStandIn(json(body, status));
    await using opened = await open(server.url);
    await expect(opened.files.list()[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code,
    });
  });

  it('that answers in an encoding which nobody knows is an error, not a silence', async () => {
    const type = { 'content-type': 'application/json; charset=x-none' };
    await using server = await startStandIn(json({}, 200, type));
    await using opened = await open(server.url);
    await expect(opened.files.find('a')).rejects.toMatchObject({ code: 'encoding_refused' });
  });

  it('leaves no timer when it answers before a file has come to its end', async () => {
    const clock = new FakeClock();
    using server = await rawServer((socket) => {
      const upload = 'x-goog-upload-url: /upload/v1beta/files?upload_id=1\r\nconnection: close';
      socket.end(`HTTP/1.1 200 X\r\n${upload}\r\ncontent-length: 2\r\n\r\n{}`);
    });
    const endpoint = openEndpoint(testSettings('gemini', server.url, { secrets: [] }), clock);
    const { files } = await endpoint.model('m', 'gemini/m');
    const answered = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    const chunks = async function* () {
      try {
        yield Buffer.alloc(1000);
        await answered.promise;
        yield Buffer.alloc(1000);
      } finally {
        closed.resolve();
      }
    };
    const upload = files!.upload({ name: 'a', mediaType: 'image/png', size: 1e6, chunks });
    await expect(upload).rejects.toMatchObject({ code: 'response_without_choice' });
    answered.resolve();
    await closed.promise;
    expect(clock.pendingTimers).toBe(0);
    await endpoint.close();
  });

  it('that answers nonsense is an error, not a crash', async () => {
    for (const body of ['', '[]', 'null', '{"file":7}', '{"files":{"a":1}}']) {
      await using server = await startStandIn((response) => {
        response.writeHead(200, { 'x-goog-upload-url': '/upload/v1beta/files?upload_id=1' });
        response.end(body);
      });
      await using opened = await open(server.url);
      const chunks = async function* () {
        yield BYTES;
      };
      const upload = opened.files.upload({ name: 'a', mediaType: 'image/png', size: 9, chunks });
      await expect(upload).rejects.toMatchObject({ code: 'response_without_choice' });
      expect((await pagesOf(opened.files)).flat()).toEqual([]);
    }
  });
});
