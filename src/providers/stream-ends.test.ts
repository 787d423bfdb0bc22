import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { CallError } from '../core/call-error.ts';
import { ask, askInVain, testSettings } from './testing/ask-endpoint.ts';
import { startStandIn, text } from './testing/stand-in-server.ts';

const SSE = 'content-type: text/event-stream\r\n';
const chunk = (choice: object) => `data: ${JSON.stringify({ choices: [choice] })}\n\n`;
const WHOLE =
  chunk({ delta: { content: 'Blue sky.' } }) + chunk({ delta: {}, finish_reason: 'stop' });
const HALF = chunk({ delta: { content: 'Blue ' } });

/** A server that says this to each request, byte for byte, and then does as it is told with the connection. */
async function rawServer(said: string, after: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => socket.write(said, () => after(socket)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.dispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const head = (more = SSE) => `HTTP/1.1 200 OK\r\n${more}transfer-encoding: chunked\r\n\r\n`;
const inChunk = (body: string) => `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`;
const leftOpen = () => {};
const cut = (socket: Socket) => setImmediate(() => socket.resetAndDestroy());

describe('a stream that has come to its end', () => {
  it('is an answer at [DONE], though its server leaves the connection open', async () => {
    using server = await rawServer(head() + inChunk(`${WHOLE}data: [DONE]\n`), leftOpen);
    const answer = await ask(testSettings('openai', server.url), { onDelta: () => {} });
    expect(answer).toMatchObject({ texts: ['Blue sky.'], finishReason: 'stop' });
  });

  it('is an answer where the connection is cut behind its finish reason', async () => {
    using server = await rawServer(head() + inChunk(WHOLE), cut);
    const answer = await ask(testSettings('openai', server.url), { onDelta: () => {} });
    expect(answer.texts).toEqual(['Blue sky.']);
  });

  it('is an answer when it runs out of time while its server leaves it open', async () => {
    using server = await rawServer(head() + inChunk(WHOLE), leftOpen);
    const stop = new AbortController();
    const options = { onDelta: (delta: string) => deltas.push(delta), signal: stop.signal };
    const deltas: string[] = [];
    const asked = ask(testSettings('openai', server.url), options);
    await expect.poll(() => deltas).toEqual(['Blue sky.']);
    stop.abort(new CallError('timeout', 'the stream was silent'));
    expect((await asked).texts).toEqual(['Blue sky.']);
  });
});

describe('a stream that has not', () => {
  it('is an error where the connection is cut, with the text so far', async () => {
    using server = await rawServer(head() + inChunk(HALF), cut);
    const error = await askInVain(testSettings('openai', server.url), { onDelta: () => {} });
    expect([error.retryable, error.partialText]).toEqual([true, 'Blue ']);
  });

  it('is an error when it runs out of time', async () => {
    using server = await rawServer(head() + inChunk(HALF), leftOpen);
    const stop = new AbortController();
    const deltas: string[] = [];
    const asked = ask(testSettings('openai', server.url), {
      onDelta: (delta) => deltas.push(delta),
      signal: stop.signal,
    });
    await expect.poll(() => deltas).toEqual(['Blue ']);
    const reason = new CallError('timeout', 'the stream was silent');
    stop.abort(reason);
    await expect(asked).rejects.toBe(reason);
  });
});

describe('heads before the head', () => {
  it.each(['HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'])(
    'are passed over: %j',
    async (early) => {
      const body = JSON.stringify({
        choices: [{ message: { content: '4' }, finish_reason: 'stop' }],
      });
      const json = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
      using server = await rawServer(early + early + json, leftOpen);
      expect((await ask(testSettings('openai', server.url))).texts).toEqual(['4']);
    },
  );
});

describe('a declared encoding', () => {
  const body = (content: string) =>
    JSON.stringify({ choices: [{ message: { content }, finish_reason: 'stop' }] });

  it.each([
    ['application/json; charset=utf-8', 'utf8'],
    ['application/json;charset="UTF8"', 'utf8'],
    ['application/json; charset=iso-8859-1', 'latin1'],
    ['application/json; charset=utf-16le', 'utf16le'],
  ] as const)('is read as it is declared: %s', async (type, encoding) => {
    const bytes = Buffer.from(body('caf\u00e9'), encoding);
    await using server = await startStandIn(text(bytes, 200, { 'content-type': type }));
    expect((await ask(testSettings('openai', server.url))).texts).toEqual(['caf\u00e9']);
  });

  it('is read of a stream, too', async () => {
    const bytes = Buffer.from(WHOLE.replace('Blue sky.', 'caf\u00e9'), 'latin1');
    const type = 'text/event-stream; charset=ISO-8859-1';
    await using server = await startStandIn(text(bytes, 200, { 'content-type': type }));
    const answer = await ask(testSettings('openai', server.url), { onDelta: () => {} });
    expect(answer.texts).toEqual(['caf\u00e9']);
  });

  it.each([{}, { onDelta: () => {} }])('that nobody knows is refused (%#)', async (options) => {
    const type = 'text/event-stream; charset=klingon';
    await using server = await startStandIn(text(WHOLE, 200, { 'content-type': type }));
    const error = await askInVain(testSettings('openai', server.url), options);
    expect([error.code, error.retryable]).toEqual(['encoding_refused', false]);
  });
});

describe('an answer that is lists within lists', () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  const calls = `[{"id":"c1","function":{"name":"f","arguments":${deep}}}]`;

  it.each([
    `{"choices":[{"message":{"content":"4","tool_calls":${calls}},"finish_reason":"stop"}]}`,
    `data: {"choices":[{"delta":{"content":"4","tool_calls":${calls}},"finish_reason":"stop"}]}\n\n`,
  ])('is an error of that call (%#)', async (body) => {
    await using server = await startStandIn(
      text(body, 200, { 'content-type': 'text/event-stream' }),
    );
    const settings = testSettings('openai', server.url);
    for (const options of [{}, { onDelta: () => {} }]) {
      expect((await askInVain(settings, options)).code).toBe('response_not_json');
    }
  });
});
