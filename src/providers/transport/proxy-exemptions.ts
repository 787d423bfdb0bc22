import { BlockList, isIP } from 'node:net';

/**
 * Tells whether `NO_PROXY` exempts an address. Entries stand between commas or spaces; each is a host and the hosts
 * below it (`example.com`, `.example.com`, `*.example.com`), an address, a range (`10.0.0.0/8`, `fd00::/8`,
 * `192.168.1.*`), `<local>` for names without a dot, or `*`; each may end in a port.
 */
export function isExempt(url: URL, noProxy: string): boolean {
  const host = bareHost(url.hostname);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy
    .toLowerCase()
    .split(/[\s,;|]+/)
    .some((entry) => entry !== '' && matches(entry.replace(/^[a-z]+:\/\//, ''), host, port));
}

function matches(entry: string, host: string, port: string): boolean {
  const [, named = entry, ownPort] = /^(\[.+\]|[^:]*):(\d+)$/.exec(entry) ?? [];
  if (ownPort !== undefined && ownPort !== port) return false;
  if (named === '*' || named === '') return true;
  if (named === '<local>') return !host.includes('.') && isIP(host) === 0;
  if (named.includes('/')) return inRange(named, host);
  if (isIP(host) === 4 && named.endsWith('.*')) return host.startsWith(named.slice(0, -1));
  const name = bareHost(named).replace(/^\*?\./, '');
  if (isIP(name) === 6) return sameAddress(name, host);
  return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`));
}

function bareHost(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$|\.$/g, '');
}

function inRange(range: string, host: string): boolean {
  const [start = '', bits = ''] = range.split('/');
  const family = familyOf(bareHost(start));
  const length = Number(bits);
  const fits = /^\d+$/.test(bits) && length <= (family === 'ipv4' ? 32 : 128);
  if (family === null || familyOf(host) === null || !fits) return false;
  const list = new BlockList();
  list.addSubnet(bareHost(start), length, family);
  return list.check(host, familyOf(host)!);
}

function sameAddress(address: string, host: string): boolean {
  return isIP(host) === 6 && inRange(`${address}/128`, host);
}

function familyOf(host: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(host);
  if (version === 0) return null;
  return version === 4 ? 'ipv4' : 'ipv6';
}
