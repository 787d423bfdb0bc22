import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { postJson } from '../../../test/support/post-json.ts';
import { type Sim, startSim } from '../start-sim.ts';
import { parseFaults } from './parse-faults.ts';

const BODY = { model: 'm', messages: [{ role: 'user', content: 'one two three four' }] };
const ANSWER = 'echo: one two three four';
const KEY = { authorization: 'Bearer sk-echoed' };

let sim: Sim;
afterEach(() => sim.close());

async function provoke(faults: string, body: object = BODY, path = '/v1/chat/completions') {
  sim = await startSim({ answer: 'echo', faults: parseFaults(faults) });
  return postJson(sim.url + path, body, { ...KEY, 'anthropic-version': '2023-06-01' });
}

/** Posts on a bare socket and gives everything that comes back until the server ends its half. */
async function rawBytes(faults: string): Promise<string> {
  sim = await startSim({ answer: 'echo', faults: parseFaults(faults) });
  const body = JSON.stringify(BODY);
  const socket = connect(sim.port, '127.0.0.1');
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('faults of status', () => {
  test.each([
    ['500', '/v1/chat/completions', 500, 'server_error'],
    ['503', '/v1/chat/completions', 503, 'service_unavailable'],
    ['502', '/v1/chat/completions', 502, 'status 502'],
    ['429', '/v1/chat/completions', 429, 'rate_limit_exceeded'],
    ['quota', '/v1/chat/completions', 429, 'insufficient_quota'],
    ['overloaded', '/v1/messages', 529, 'overloaded_error'],
    ['overloaded', '/v1/chat/completions', 503, 'server_overloaded'],
  ])("%s on %s is status %i with the vendor's error", async (fault, path, status, code) => {
    const answer = await provoke(fault, { ...BODY, max_tokens: 9 }, path);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.json.error)).toContain(code);
    expect(sim.requests[0]).toMatchObject({ fault, status, answered: false });
  });

  test('429 says when to come back', async () => {
    expect((await provoke('429=2s')).headers.get('retry-after')).toBe('2');
  });

  test('a redirect names its target', async () => {
    const { status, headers } = await provoke('redirect=308:http://127.0.0.1:9/elsewhere');
    expect([status, headers.get('location')]).toEqual([308, 'http://127.0.0.1:9/elsewhere']);
  });
});

describe('faults of the connection', () => {
  const cause = (code: string) => ({ cause: expect.objectContaining({ code }) });

  test('reset resets it', async () => {
    await expect(provoke('reset')).rejects.toMatchObject(cause('ECONNRESET'));
    expect(sim.requests[0]).toMatchObject({ fault: 'reset', status: null });
  });

  test('half-close ends the half of the server without a byte', async () => {
    expect(await rawBytes('half-close')).toBe('');
  });

  test('hang answers nothing and keeps the connection until the client goes', async () => {
    sim = await startSim({ faults: parseFaults('hang') });
    const signal = AbortSignal.timeout(60);
    const asked = fetch(`${sim.url}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify(BODY),
      signal,
    });
    await expect(asked).rejects.toThrow(/timeout/);
    await expect.poll(() => sim.counts.inFlight).toBe(0);
    expect(sim.requests[0]).toMatchObject({ fault: 'hang', status: null, answered: false });
  });
});

describe('faults of the body', () => {
  test('truncated promises more than it sends', async () => {
    const [head = '', body = ''] = (await rawBytes('truncated')).split('\r\n\r\n');
    const promised = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    expect(body.length).toBeGreaterThan(0);
    expect(body.length).toBeLessThan(promised);
  });

  test('truncated breaks a stream off without its end', async () => {
    await expect(provoke('truncated', { ...BODY, stream: true })).rejects.toThrow('terminated');
  });

  test('html, empty, empty-list and no-choice are successes without an answer', async () => {
    const page = await provoke('html');
    expect(page.text).toContain('<!doctype html>');
    expect(page.headers.get('content-type')).toContain('text/html');
    await sim.close();
    expect((await provoke('empty')).text).toBe('');
    await sim.close();
    expect((await provoke('empty-list')).json).toEqual([]);
    await sim.close();
    expect((await provoke('no-choice')).json).toMatchObject({ choices: null });
    await sim.close();
    expect((await provoke('no-choice', BODY, '/api/chat')).json.message).toBeUndefined();
  });

  test('drip sends the right answer at its rate', async () => {
    const startedMs = performance.now();
    const { json } = await provoke('drip=4kB/s');
    expect(json.choices[0].message.content).toBe(ANSWER);
    expect(performance.now() - startedMs).toBeGreaterThan(100);
    expect(sim.requests[0]).toMatchObject({ answered: true, fault: 'drip' });
  });

  test('ok-error is a success with an error and its inner code', async () => {
    const inner = await provoke('ok-error=429');
    expect([inner.status, inner.json.error.code]).toEqual([200, 429]);
    await sim.close();
    const quota = await provoke('ok-error=insufficient_quota');
    expect(quota.json.error).toMatchObject({ code: 'insufficient_quota' });
    await sim.close();
    const stream = await provoke('ok-error', { ...BODY, stream: true });
    expect(stream.text).toMatch(/^data: \{"error"/);
  });
});

describe('faults of what is said', () => {
  test('wrong-model names another model, or none', async () => {
    const other = await provoke('wrong-model=other-1');
    expect(other.json).toMatchObject({ model: 'other-1', choices: [{ index: 0 }] });
    await sim.close();
    expect('model' in (await provoke('wrong-model=-')).json).toBe(false);
  });

  test('echo-key gives the key back in an error or an answer', async () => {
    const error = await provoke('echo-key');
    expect([error.status, error.json.error.message]).toEqual([
      400,
      expect.stringContaining('sk-echoed'),
    ]);
    await sim.close();
    const answer = await provoke('echo-key=answer');
    expect(answer.json.choices[0].message.content).toContain('sk-echoed');
  });
});

describe('faults of streams', () => {
  const stream = { ...BODY, stream: true };

  test('stream-cut ends in good order without a finish reason', async () => {
    const { text } = await provoke('stream-cut', stream);
    expect(text).toContain('"content":"echo:"');
    expect(text).not.toMatch(/"finish_reason":"|\[DONE\]| four/);
  });

  test('stream-error ends with an error event after some text', async () => {
    const { text } = await provoke('stream-error', { ...stream, max_tokens: 50 }, '/v1/messages');
    expect(text).toContain('content_block_delta');
    expect(text).toMatch(/event: error\ndata: .*overloaded_error.*\n\n$/);
  });

  test('no-done is complete but for its last line', async () => {
    const { text } = await provoke('no-done', stream);
    expect(text).toContain('"finish_reason":"stop"');
    expect(text).not.toContain('[DONE]');
    expect(sim.requests[0]?.answered).toBe(true);
  });
});

describe('faults of size', () => {
  /** Counts the bytes of a body as they come, until there are enough. */
  async function countBytes(faults: string, enough: number) {
    sim = await startSim({ faults: parseFaults(faults) });
    return new Promise<{ bytes: number; encoding: string | undefined }>((resolve, reject) => {
      const post = request(`${sim.url}/v1/chat/completions`, { method: 'POST' }, (response) => {
        let bytes = 0;
        const done = () => {
          resolve({ bytes, encoding: response.headers['content-encoding'] });
          post.destroy();
        };
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes >= enough) done();
        });
        response.on('end', done);
      });
      post.on('error', reject);
      post.end(JSON.stringify(BODY));
    });
  }

  test('endless goes on for as long as one reads', async () => {
    expect((await countBytes('endless', 20_000_000)).bytes).toBeGreaterThanOrEqual(20_000_000);
  });

  test('gzip-bomb is small on the wire and large when inflated', async () => {
    const { bytes, encoding } = await countBytes('gzip-bomb=8MB', 1e9);
    expect([encoding, bytes < 20_000]).toEqual(['gzip', true]);
    await sim.close();
    expect((await provoke('gzip-bomb=8MB')).text).toHaveLength(8_000_000);
  });

  test('nested-encoding names gzip as often as told', async () => {
    const head = (await rawBytes('nested-encoding=30@1')).split('\r\n\r\n')[0] ?? '';
    expect(head.match(/gzip/g)).toHaveLength(30);
  });

  test('header-flood sends as many headers as told, or one as long', async () => {
    expect((await rawBytes('header-flood=50000')).match(/^x-flood-/gm)).toHaveLength(50_000);
    await sim.close();
    expect((await rawBytes('header-flood=1MB')).length).toBeGreaterThan(1_000_000);
  });
});

test('a request that a fault has struck is answered on a later try', async () => {
  const first = await provoke('500@first1');
  expect(first.status).toBe(500);
  const { json } = await postJson(`${sim.url}/v1/chat/completions`, BODY);
  expect(json.choices[0].message.content).toBe(ANSWER);
  expect(sim.counts).toMatchObject({ requests: 2, answered: 1, faults: 1 });
});
