import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WRONG_NAME as OTHER_TEST } from '../../test/support/bad-certificates.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { openEndpoint } from './open-endpoint.ts';
import { ask, askInVain, STOPPED_CLOCK, testSettings } from './testing/ask-endpoint.ts';
import { DIALECTS } from './testing/dialects.ts';
import { startConnectProxy, startSocksProxy } from './testing/stand-in-proxies.ts';
import { json, startStandIn, text } from './testing/stand-in-server.ts';

const dialect = DIALECTS.find(({ provider }) => provider === 'openai')!;

/** An https server that is known as `other.test` to proxies alone. */
async function startSecureServer() {
  const server = createServer(OTHER_TEST, (request, response) => {
    request.resume();
    json(dialect.answer([`over TLS, host ${request.headers.host}`]))(response, {} as never);
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const certificateFile = join(temporaryFolder(), 'own.pem');
  writeFileSync(certificateFile, OTHER_TEST.cert);
  return {
    port,
    host: `other.test:${port}`,
    settings: (proxy: object) =>
      testSettings('openai', `https://other.test:${port}/v1`, { proxy, certificateFile }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('the transport and proxies for https', () => {
  it('has an HTTP proxy connect, with user and password, and speaks TLS with the server itself', async () => {
    await using server = await startSecureServer();
    await using proxy = await startConnectProxy();
    const httpsProxy = `http://me:p%40ss%3Aw@${proxy.host}`;
    const answer = await ask(server.settings({ httpsProxy }));
    expect(answer.texts).toEqual([`over TLS, host ${server.host}`]);
    expect([proxy.targets, proxy.credentials]).toEqual([[server.host], ['me:p@ss:w']]);
  });

  it.each(['socks5', 'socks5h', 'socks'])('has a SOCKS proxy connect (%s)', async (scheme) => {
    await using server = await startSecureServer();
    await using proxy = await startSocksProxy({ credentials: 'me:p@ss' });
    const answer = await ask(server.settings({ allProxy: `${scheme}://me:p%40ss@${proxy.host}` }));
    expect(answer.texts).toEqual([`over TLS, host ${server.host}`]);
    expect([proxy.targets, proxy.credentials]).toEqual([[server.host], ['me:p@ss']]);
  });

  it('names a certificate that is not trusted as that of the server', async () => {
    await using server = await startSecureServer();
    await using proxy = await startConnectProxy();
    const settings = { ...server.settings({ httpsProxy: proxy.host }), certificateFile: undefined };
    const error = await askInVain(settings);
    expect(error.code).toBe('tls_failed');
    expect(error.message).toContain(`https://${server.host}`);
    expect(error.hint).toContain('SSL_CERT_FILE');
  });

  it.each([
    ['407 Proxy Authentication Required', 'proxy_refused', 'does not take the user and password'],
    ['403 Forbidden', 'proxy_refused', 'does not let tutti reach'],
    ['503 Service Unavailable', 'connection_failed', 'has no connection to'],
    ['302 Found', 'proxy_refused', 'does not let tutti reach'],
  ])('says that it was the proxy who answered %s', async (line, code, words) => {
    await using server = await startSecureServer();
    await using proxy = await startConnectProxy(`HTTP/1.1 ${line}\r\nconnection: close`);
    const httpsProxy = `http://zoe9:hunter2hunter@${proxy.host}`;
    const error = await askInVain(server.settings({ httpsProxy }));
    expect(error.code).toBe(code);
    expect(error.message).toContain(`The proxy ${proxy.host} ${words}`);
    expect(error.message).toContain(line);
    expect(error.hint).toMatch(/proxy|HTTPS_PROXY/);
    expect(`${error.message}${error.hint}${error.stack}`).not.toMatch(/zoe9|hunter/);
  });

  it('says which way a proxy wants to be spoken to if it takes no password', async () => {
    await using proxy = await startConnectProxy(
      'HTTP/1.1 407 No\r\nproxy-authenticate: Negotiate\r\nproxy-authenticate: NTLM',
    );
    const error = await askInVain(
      testSettings('openai', 'https://other.test', { proxy: { httpsProxy: proxy.host } }),
    );
    expect(error.message).toContain('wants a user and a password');
    expect(error.hint).toContain('NTLM');
  });

  it.each([
    [{ code: 2 }, 'proxy_refused', 'does not let tutti reach other.test:443'],
    [{ code: 5 }, 'connection_failed', 'has no connection to other.test:443: Connection refused'],
    [{ credentials: 'a:b' }, 'proxy_refused', 'does not take the user and password'],
  ])('says what a SOCKS proxy answered: %o', async (rules, code, words) => {
    await using proxy = await startSocksProxy(rules);
    const allProxy = `socks5://zoe9:hunter2hunter@${proxy.host}`;
    const error = await askInVain(
      testSettings('openai', 'https://other.test', { proxy: { allProxy } }),
    );
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(words)]);
    expect(`${error.message}${error.hint}`).not.toMatch(/zoe9|hunter/);
  });

  it('says when there is no proxy, or one of another kind', async () => {
    await using web = await startStandIn(text('hello'));
    await using socks = await startSocksProxy();
    const failureOf = (httpsProxy: string) =>
      askInVain(testSettings('openai', 'https://other.test', { proxy: { httpsProxy } }));
    const { host } = new URL(web.url);
    const none = await failureOf('http://127.0.0.1:1');
    expect(none.code).toBe('connection_failed');
    expect(none.message).toContain('No connection to the proxy: 127.0.0.1:1');
    expect(none.hint).toContain('HTTPS_PROXY');
    const noSocks = await failureOf(`socks5://${host}`);
    expect(noSocks.message).toContain(`What answers at ${host} is no SOCKS 5 proxy`);
    const unknown = await failureOf('http://no-such-proxy.invalid:3128');
    expect(unknown.message).toContain('The name of the proxy is unknown: no-such-proxy.invalid');
    expect((await failureOf(`http://${socks.host}`)).message).toContain(socks.host);
  });

  it('keeps a connection for the next call', async () => {
    await using server = await startSecureServer();
    await using proxy = await startConnectProxy();
    const settings = { ...server.settings({ httpsProxy: proxy.host }), connections: 1 };
    const endpoint = openEndpoint(settings, STOPPED_CLOCK);
    const model = await endpoint.model('m', 'openai/m');
    const { signal } = new AbortController();
    const messages = [{ role: 'user' as const, content: 'hi' }];
    for (let call = 0; call < 3; call++) {
      await model.generate({ messages, parameters: {}, choices: 1 }, { signal });
    }
    await endpoint.close();
    expect(proxy.targets).toHaveLength(1);
  });
});

describe('the transport and proxies for http', () => {
  it('asks through the proxy for other hosts and never for loopback', async () => {
    await using proxy = await startStandIn(json(dialect.answer(['through'])));
    await using server = await startStandIn(json(dialect.answer(['direct'])));
    const settings = { proxy: { httpProxy: proxy.url, httpsProxy: proxy.url } };
    const through = await ask(testSettings('openai', 'http://llm.example', settings));
    expect(through.texts).toEqual(['through']);
    expect(proxy.requests[0]!.url).toBe('http://llm.example/v1/chat/completions');
    expect(proxy.requests[0]!.headers.host).toBe('llm.example');
    const direct = await ask(testSettings('openai', server.url, settings));
    expect(direct.texts).toEqual(['direct']);
    expect(proxy.requests.length).toBe(1);
  });

  it('goes through a SOCKS proxy, too', async () => {
    await using server = await startStandIn(json(dialect.answer(['through'])));
    await using proxy = await startSocksProxy();
    const { port } = new URL(server.url);
    const allProxy = `socks5://${proxy.host}`;
    const settings = testSettings('openai', `http://llm.example:${port}`, { proxy: { allProxy } });
    expect((await ask(settings)).texts).toEqual(['through']);
    expect(proxy.targets).toEqual([`llm.example:${port}`]);
  });

  it('tells the answers of the proxy from those of the server', async () => {
    await using proxy = await startStandIn(text('denied', 407));
    const proxied = testSettings('openai', 'http://llm.example', {
      proxy: { httpProxy: proxy.url },
    });
    expect((await askInVain(proxied)).message).toContain('wants a user and a password');
    proxy.reply = text('denied', 403, { 'x-squid-error': 'ERR_ACCESS_DENIED 0' });
    expect((await askInVain(proxied)).message).toContain('does not let tutti reach llm.example');
    proxy.reply = text('gone', 502, { 'proxy-status': 'edge; error=connection_refused' });
    expect((await askInVain(proxied)).message).toContain('has no connection to llm.example');
    proxy.reply = json({ error: { message: 'not you' } }, 403);
    expect((await askInVain(proxied)).code).toBe('forbidden');
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
});

describe('settings of proxies', () => {
  it('names the variable that is missing where only that for http is set', async () => {
    const settings = testSettings('openai', 'https://no-such-host.invalid', {
      proxy: { httpProxy: 'http://127.0.0.1:1' },
    });
    const error = await askInVain(settings);
    expect([error.code, error.hint]).toEqual([
      expect.stringMatching(/dns_failed|connection_failed/),
      expect.stringContaining('HTTPS_PROXY: set that, too'),
    ]);
    const exempt = { httpProxy: 'http://127.0.0.1:1', noProxy: '.invalid' };
    const other = await askInVain({ ...settings, proxy: exempt });
    expect(other.hint).not.toContain('HTTPS_PROXY');
  });

  const refused = async (httpsProxy: string) => {
    const settings = testSettings('openai', 'https://llm.example', { proxy: { httpsProxy } });
    return openEndpoint(settings, STOPPED_CLOCK)
      .model('m', 'openai/m')
      .catch((error) => `${error.message} ${error.hint}`);
  };

  it('says which kind of proxy cannot be used, without its password', async () => {
    const error = await refused('socks4://ann:secretsecret@proxy.example:1');
    expect(error).toContain('The socks4 proxy in HTTPS_PROXY cannot be used');
    expect(error).not.toContain('secretsecret');
  });

  it.each(['http://me:12#ss@proxy.example:80', 'http://me:p/ss@proxy.example', 'http://', ':80'])(
    'refuses %s, and quotes nothing of it',
    async (address) => {
      const error = await refused(address);
      expect(error).toContain('HTTPS_PROXY is not the address of a proxy');
      expect(error).toContain('percent-encoded');
      expect(error).not.toMatch(/me:|12|ss@/);
    },
  );

  it('refuses certificates that cannot be read', async () => {
    const more = { certificateFile: '/nowhere/own.pem' };
    const settings = testSettings('openai', 'https://llm.example', more);
    const open = openEndpoint(settings, STOPPED_CLOCK).model('m', 'openai/m');
    await expect(open).rejects.toThrow(
      'SSL_CERT_FILE names /nowhere/own.pem, which cannot be read (ENOENT)',
    );
  });
});
