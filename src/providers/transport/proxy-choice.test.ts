import { describe, expect, it } from 'vitest';
import { proxyFor } from './proxy-choice.ts';

const PROXY = 'http://proxy:3128';
const through = (url: string, noProxy?: string) =>
  proxyFor(new URL(url), { httpProxy: PROXY, httpsProxy: 'proxy:3129', noProxy });

describe('proxyFor', () => {
  it('chooses by the scheme of the address', () => {
    expect(through('http://a.example/v1')).toBe(PROXY);
    expect(through('https://a.example/v1')).toBe('http://proxy:3129');
    expect(proxyFor(new URL('https://a.example'), { httpProxy: PROXY })).toBeNull();
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
    ['*', true],
    ['a.example', true],
    ['.example', true],
    ['*.example', true],
    ['b.example, a.example:443', true],
    ['a.example:8443', false],
    ['ple', false],
  ])('honours the exemption %s: %s', (noProxy, exempt) => {
    expect(through('https://a.example/v1', noProxy) === null).toBe(exempt);
  });
});
