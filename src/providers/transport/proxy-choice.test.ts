import { describe, expect, it } from 'vitest';
import { proxyFor } from './proxy-choice.ts';

const PROXY = 'http://proxy:3128';
const through = (url: string, noProxy?: string) =>
  proxyFor(new URL(url), { httpProxy: PROXY, httpsProxy: 'proxy:3129', noProxy })?.shown ?? null;

describe('proxyFor', () => {
  it('chooses by the scheme of the address', () => {
    expect(through('http://a.example/v1')).toBe('proxy:3128');
    expect(through('https://a.example/v1')).toBe('proxy:3129');
    expect(proxyFor(new URL('https://a.example'), { httpProxy: PROXY })).toBeNull();
  });

  it('takes the one for all where the scheme has none of its own', () => {
    const settings = { httpProxy: PROXY, allProxy: 'socks5h://[::1]' };
    expect(proxyFor(new URL('http://a.example'), settings)).toMatchObject({ shown: 'proxy:3128' });
    expect(proxyFor(new URL('https://a.example'), settings)).toMatchObject({
      ...{ kind: 'socks5', hostname: '::1', port: 1080, shown: '[::1]:1080' },
      variable: 'ALL_PROXY',
    });
  });

  it('reads user and password as they are meant', () => {
    const settings = { httpProxy: 'https://a%40b:%zz@proxy' };
    expect(proxyFor(new URL('http://a.example'), settings)).toMatchObject({
      ...{ kind: 'https', user: 'a@b', password: '%zz', shown: 'proxy:443' },
    });
  });

  it.each([
    'http://localhost:1',
    'http://127.9.0.1',
    'http://[::1]:8080',
    'http://[::ffff:127.0.0.1]',
    'http://x.localhost',
    'http://0.0.0.0:8000/v1',
    'http://[::]:8000/v1',
  ])('never chooses one for %s', (url) => {
    expect(through(url)).toBeNull();
  });

  it.each([
    ['https://a.example/v1', '*', true],
    ['https://a.example/v1', 'a.example', true],
    ['https://a.example/v1', '.example', true],
    ['https://a.example/v1', '*.example', true],
    ['https://a.example/v1', 'b.example, a.example:443', true],
    ['https://a.example/v1', 'b.example a.example', true],
    ['https://a.example/v1', 'https://a.example', true],
    ['https://a.example./v1', 'A.EXAMPLE', true],
    ['https://a.example/v1', 'a.example:8443', false],
    ['https://a.example/v1', ':443', true],
    ['https://a.example/v1', 'ple', false],
    ['https://a.example/v1', 'b.a.example', false],
    ['https://10.1.2.3/v1', '10.0.0.0/8', true],
    ['https://10.1.2.3/v1', '10.1.2.3', true],
    ['https://10.1.2.3:8443/v1', '10.1.2.3:443', false],
    ['https://11.1.2.3/v1', '10.0.0.0/8,', false],
    ['https://11.1.2.3/v1', '10.0.0.0/99', false],
    ['https://a.example/v1', '0.0.0.0/0', false],
    ['https://192.168.7.9/v1', '192.168.7.*', true],
    ['https://192.168.70.9/v1', '192.168.7.*', false],
    ['https://10.1.2.3/v1', '2.3', false],
    ['https://[fd00::7]/v1', 'fd00::/8', true],
    ['https://[fd00::7]/v1', 'fd00:0:0::7', true],
    ['https://[fd00::7]:8443/v1', '[fd00::7]:8443', true],
    ['https://[fd00::7]/v1', 'fd00::8', false],
    ['http://intranet/v1', '<local>', true],
    ['http://a.example/v1', '<local>', false],
  ])('for %s the exemption %s is %s', (url, noProxy, exempt) => {
    expect(through(url, noProxy) === null).toBe(exempt);
  });
});
