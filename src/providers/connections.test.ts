import { getEventListeners } from 'node:events';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openEndpoint } from './open-endpoint.ts';
import { ask, askInVain, STOPPED_CLOCK, testSettings } from './testing/ask-endpoint.ts';
import { DIALECTS } from './testing/dialects.ts';
import { json, startStandIn, text } from './testing/stand-in-server.ts';

const dialect = DIALECTS.find(({ provider }) => provider === 'openai')!;
const ANSWER = JSON.stringify(dialect.answer(['4']));

describe('the transport and its connections', () => {
  it('uses one again after answers of every kind, and leaves no listener on a signal', async () => {
    await using server = await startStandIn();
    const settings = testSettings('openai', server.url, { connections: 1 });
    const endpoint = openEndpoint(settings, STOPPED_CLOCK);
    const model = await endpoint.model('m-1', 'openai/m-1');
    const { signal } = new AbortController();
    const messages = [{ role: 'user' as const, content: 'hi' }];
    const codes: string[] = [];
    for (const reply of [
      text(ANSWER),
      json({ error: { code: 'slow_down' } }, 429),
      text('x'.repeat(100_000), 500),
      text(''),
      text('<html>'),
      text(gzipSync('{}'), 503, { 'content-encoding': 'gzip' }),
      text(ANSWER),
    ]) {
      server.reply = reply;
      const outcome = model.generate({ messages, parameters: {}, choices: 1 }, { signal });
      codes.push(
        await outcome.then(
          () => 'answered',
          (error) => error.code,
        ),
      );
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    }
    await endpoint.close();
    expect(codes).toEqual([
      'answered',
      'overloaded',
      'server_error',
      'response_empty',
      'response_not_json',
      'server_error',
      'answered',
    ]);
    expect(server.connections()).toBe(1);
  });
});

describe('the transport and proxies', () => {
  it('asks through the proxy for other hosts and never for loopback', async () => {
    await using proxy = await startStandIn(json(dialect.answer(['through'])));
    await using server = await startStandIn(json(dialect.answer(['direct'])));
    const settings = { proxy: { httpProxy: proxy.url, httpsProxy: proxy.url } };
    const through = await ask(testSettings('openai', 'http://llm.example', settings));
    expect(through.texts).toEqual(['through']);
    expect(proxy.requests[0]!.url).toBe('http://llm.example/v1/chat/completions');
    const direct = await ask(testSettings('openai', server.url, settings));
    expect(direct.texts).toEqual(['direct']);
    expect(proxy.requests.length).toBe(1);
  });

  it("never tells a proxy's password, written with a scheme or without", async () => {
    await using proxy = await startStandIn(text('no: secretsecret', 502));
    for (const scheme of ['http://', '']) {
      const httpProxy = `${scheme}ann:secretsecret@${new URL(proxy.url).host}`;
      const error = await askInVain(
        testSettings('openai', 'http://llm.example', { proxy: { httpProxy } }),
      );
      expect(error.message).toContain('no: [key]');
    }
  });

  it('says which kind of proxy cannot be used, without its password', async () => {
    const proxy = { httpsProxy: 'socks4://ann:secretsecret@proxy.example:1' };
    const settings = testSettings('openai', 'https://llm.example', { proxy });
    const error = await openEndpoint(settings, STOPPED_CLOCK).model('m', 'openai/m').catch(String);
    expect(error).toContain('The socks4 proxy for llm.example cannot be used');
    expect(error).not.toContain('secretsecret');
  });
});
