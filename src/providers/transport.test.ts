import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { brotliCompressSync, createGzip, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ask, askInVain, TEST_KEY, testSettings } from './testing/ask-endpoint.ts';
import { DIALECTS } from './testing/dialects.ts';
import { SELF_SIGNED } from './testing/self-signed.ts';
import { json, startStandIn, text } from './testing/stand-in-server.ts';
import { BodyBudget } from './transport/body-budget.ts';

const MEBIBYTE = 1024 * 1024;
const dialect = DIALECTS.find(({ provider }) => provider === 'openai')!;
const ANSWER = JSON.stringify(dialect.answer(['4']));

/** A TCP server that treats each connection as the test says. */
async function tcpServer(onRequest: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => onRequest(socket));
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

describe('the transport and redirects', () => {
  it.each(DIALECTS)(
    'refuses one for $provider without touching its target',
    async ({ provider }) => {
      await using target = await startStandIn();
      for (const status of [301, 302, 307, 308]) {
        await using server = await startStandIn(
          text('', status, { location: `${target.url}/x?k=1` }),
        );
        const error = await askInVain(testSettings(provider, server.url));
        expect(error.code).toBe('unexpected_redirect');
        expect(error.message).toContain(new URL(target.url).host);
      }
      expect(target.connections()).toBe(0);
    },
  );
});

describe('the transport and broken connections', () => {
  it('tells a refused connection, with the address to check', async () => {
    const server = await startStandIn();
    await server[Symbol.asyncDispose]();
    const error = await askInVain(testSettings('openai', server.url));
    expect(error.code).toBe('connection_failed');
    expect(error.hint).toContain(server.url);
  });

  it('tells a reset before the answer', async () => {
    using server = await tcpServer((socket) => socket.resetAndDestroy());
    expect((await askInVain(testSettings('openai', server.url))).code).toBe('connection_reset');
  });

  it('tells a connection closed without an answer', async () => {
    using server = await tcpServer((socket) => socket.end());
    expect((await askInVain(testSettings('openai', server.url))).code).toBe('connection_reset');
  });

  it.each([
    ['its length', 'content-length: 500\r\n\r\n{"choices":'],
    ['its last chunk', 'transfer-encoding: chunked\r\n\r\n5\r\n{"cho\r\n'],
  ])('tells a body that ends before %s', async (_, rest) => {
    using server = await tcpServer((socket) => socket.end(`HTTP/1.1 200 OK\r\n${rest}`));
    expect((await askInVain(testSettings('openai', server.url))).code).toBe('response_truncated');
  });

  it('tells an answer that is not HTTP', async () => {
    using server = await tcpServer((socket) => socket.end('220 smtp.example ready\r\n'));
    expect((await askInVain(testSettings('openai', server.url))).code).toBe('response_not_json');
  });

  it('tells an untrusted certificate and names the variables that help', async () => {
    let requests = 0;
    const server = createTlsServer(SELF_SIGNED, () => requests++).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const error = await askInVain(testSettings('openai', `https://127.0.0.1:${port}`));
    server.close();
    expect([error.code, error.retryable, requests]).toEqual(['tls_failed', false, 0]);
    expect(error.hint).toMatch(/NODE_EXTRA_CA_CERTS.*NODE_USE_SYSTEM_CA=1/);
  });

  it('tells plain HTTP on the port of a secure address', async () => {
    using server = await tcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const error = await askInVain(testSettings('openai', server.url.replace('http:', 'https:')));
    expect(error.code).toBe('tls_failed');
  });

  it("rejects with the signal's own reason, at once, and closes the connection", async () => {
    await using server = await startStandIn(() => {});
    const controller = new AbortController();
    const reason = new Error('too slow');
    setTimeout(() => controller.abort(reason), 50);
    const outcome = ask(testSettings('openai', server.url), { signal: controller.signal });
    await expect(outcome).rejects.toBe(reason);
    const aborted = ask(testSettings('openai', server.url), { signal: controller.signal });
    await expect(aborted).rejects.toBe(reason);
    expect(server.requests.length).toBe(1);
  });
});

describe('the transport and encodings', () => {
  it.each([
    ['gzip', gzipSync(ANSWER)],
    ['deflate', deflateSync(ANSWER)],
    ['br', brotliCompressSync(ANSWER)],
    ['zstd', zstdCompressSync(ANSWER)],
    ['identity', Buffer.from(ANSWER)],
  ])('inflates %s', async (encoding, body) => {
    await using server = await startStandIn(text(body, 200, { 'content-encoding': encoding }));
    expect((await ask(testSettings('openai', server.url))).texts).toEqual(['4']);
  });

  it.each(['gzip, gzip', 'gzip, br', 'compress', 'gzip, '.repeat(1000)])(
    'refuses %.20s',
    async (encoding) => {
      const body = gzipSync(gzipSync(ANSWER));
      await using server = await startStandIn(text(body, 200, { 'content-encoding': encoding }));
      expect((await askInVain(testSettings('openai', server.url))).code).toBe('encoding_refused');
    },
  );

  it('refuses an encoding that is named by two headers', async () => {
    await using server = await startStandIn((response) => {
      response.writeHead(200, ['content-encoding', 'gzip', 'content-encoding', 'gzip']);
      response.end(gzipSync(gzipSync(ANSWER)));
    });
    expect((await askInVain(testSettings('openai', server.url))).code).toBe('encoding_refused');
  });

  it('reads an error that is encoded', async () => {
    const body = gzipSync('{"error":{"code":"insufficient_quota"}}');
    await using server = await startStandIn(text(body, 429, { 'content-encoding': 'gzip' }));
    expect((await askInVain(testSettings('openai', server.url))).code).toBe('quota_exhausted');
  });

  it('takes a damaged encoding for a broken answer', async () => {
    const body = gzipSync(ANSWER).subarray(0, -9);
    await using server = await startStandIn(text(body, 200, { 'content-encoding': 'gzip' }));
    expect((await askInVain(testSettings('openai', server.url))).code).toBe('response_truncated');
  });

  it('cuts a gzip bomb of 200 MiB of zeros within 2 s of processor time', async () => {
    const gzip = createGzip();
    const bomb: Buffer[] = [];
    gzip.on('data', (chunk: Buffer) => bomb.push(chunk));
    const zeros = Buffer.alloc(MEBIBYTE);
    for (let count = 0; count < 200; count++) {
      if (!gzip.write(zeros)) await once(gzip, 'drain');
    }
    gzip.end();
    await once(gzip, 'end');
    await using server = await startStandIn(
      text(Buffer.concat(bomb), 200, { 'content-encoding': 'gzip' }),
    );
    const before = process.cpuUsage();
    const error = await askInVain(testSettings('openai', server.url));
    const { user, system } = process.cpuUsage(before);
    expect([error.code, error.retryable]).toEqual(['response_too_large', false]);
    expect((user + system) / 1e6).toBeLessThan(2);
  });
});

describe('the transport and sizes', () => {
  const endless = (contentType: string) => (response: import('node:http').ServerResponse) => {
    response.writeHead(200, { 'content-type': contentType });
    const piece = `${': '.repeat(32_000)}\n`;
    const more = () => {
      while (!response.destroyed && response.write(piece)) {}
    };
    response.on('drain', more);
    response.on('error', () => {});
    more();
  };
  const limits = (answerBytes: number, allBytes = 128 * MEBIBYTE) => ({
    answerBytes,
    budget: new BodyBudget(allBytes),
  });

  it('cuts an endless body at 64 MiB', async () => {
    await using server = await startStandIn(endless('application/json'));
    const error = await askInVain(testSettings('openai', server.url));
    expect([error.code, error.retryable]).toEqual(['response_too_large', false]);
    expect(error.message).toContain('64 MiB');
  });

  it("counts a stream's bytes, too", async () => {
    await using server = await startStandIn(endless('text/event-stream'));
    const options = { onDelta: () => {}, limits: limits(MEBIBYTE) };
    expect((await askInVain(testSettings('openai', server.url), options)).code).toBe(
      'response_too_large',
    );
  });

  it('refuses a declared length over the limit before its body', async () => {
    await using server = await startStandIn((response) => {
      response.writeHead(200, { 'content-length': 70 * MEBIBYTE });
      response.flushHeaders();
    });
    expect((await askInVain(testSettings('openai', server.url))).code).toBe('response_too_large');
  });

  it('gives up the largest answer when all together are too large, and frees its bytes', async () => {
    await using flood = await startStandIn(endless('application/json'));
    await using good = await startStandIn(text(ANSWER));
    const shared = limits(64 * MEBIBYTE, 2 * MEBIBYTE);
    const [error, answer] = await Promise.all([
      askInVain(testSettings('openai', flood.url), { limits: shared }),
      ask(testSettings('openai', good.url), { limits: shared }),
    ]);
    expect(error.code).toBe('response_too_large');
    expect(answer.texts).toEqual(['4']);
    expect(shared.budget.claimedBytes).toBe(0);
  });

  it.each([
    ['a header of 1 MiB', `x: ${'a'.repeat(MEBIBYTE)}\r\n`],
    ['50,000 headers', 'x-flood: a\r\n'.repeat(50_000)],
  ])('refuses %s', async (_, headers) => {
    using server = await tcpServer((socket) =>
      socket.end(`HTTP/1.1 200 OK\r\n${headers}content-length: ${ANSWER.length}\r\n\r\n${ANSWER}`),
    );
    expect((await askInVain(testSettings('openai', server.url))).code).toBe('response_too_large');
  });

  it('keeps an endless error body short and classifies by its status', async () => {
    await using server = await startStandIn((response) => {
      response.writeHead(503, { 'content-type': 'text/html' });
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) {}
      };
      response.on('drain', more);
      more();
    });
    expect((await askInVain(testSettings('openai', server.url))).code).toBe('server_error');
  });
});

describe('the transport and headers', () => {
  it("sends the user's headers, which win, and a name and password of the address", async () => {
    await using server = await startStandIn(json(dialect.answer(['4'])));
    const address = server.url.replace('//', '//ann:secretsecret@');
    await ask(testSettings('openai', address, { apiKey: null, headers: { 'X-Team': 'blue' } }));
    expect(server.requests[0]!.headers).toMatchObject({
      'x-team': 'blue',
      authorization: `Basic ${Buffer.from('ann:secretsecret').toString('base64')}`,
    });
    server.reply = (response, { headers }) =>
      text(`no: ${headers.authorization}`, 400)(response, null!);
    const error = await askInVain(testSettings('openai', address, { apiKey: null }));
    expect(error.message).toMatch(/no: Basic \S*\[key\]/);
    server.reply = json(dialect.answer(['4']));
    await ask(testSettings('openai', server.url, { headers: { Authorization: 'Other' } }));
    expect(server.requests[2]!.headers.authorization).toBe('Other');
    expect(JSON.stringify(server.requests)).not.toContain(TEST_KEY);
  });

  it('takes a header that cannot be sent for a bad request', async () => {
    await using server = await startStandIn();
    const error = await askInVain(testSettings('openai', server.url, { headers: { x: 'a\nb' } }));
    expect([error.code, server.requests.length]).toEqual(['bad_request', 0]);
  });
});
