/** Addresses of no host, by which this machine reaches itself. */
const UNSPECIFIED: ReadonlySet<string> = new Set(['0.0.0.0', '::', '::ffff:0:0']);

/** Tells whether a host name (as `URL.hostname` has it) is this machine itself. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  if (UNSPECIFIED.has(host)) return true;
  if (host === 'localhost' || host.endsWith('.localhost') || host === '::1') return true;
  return (
    /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host) || /^::ffff:7f[0-9a-f]{2}:/.test(host)
  );
}
