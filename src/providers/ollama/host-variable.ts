import { isIPv6 } from 'node:net';

const USUAL_PORT = 11434;

/**
 * Reads what `OLLAMA_HOST` may hold: an address, a host, `host:port` or `:port`, in quotes or not. The
 * wildcard `0.0.0.0`, by which the server listens everywhere, is reached at 127.0.0.1.
 */
export function addressOfHost(given: string): string {
  const text = given.trim().replace(/^(["'])(.*)\1$/, '$2');
  if (/^https?:\/\//i.test(text)) return text;
  if (text === 'ollama.com') return 'https://ollama.com';
  if (isIPv6(text)) return `http://[${text}]:${USUAL_PORT}`;
  const parts = /^(\[[^\]]*\]|[^:/]*)(?::(\d+))?(\/.*)?$/.exec(text);
  if (parts === null) return text;
  const host =
    parts[1] === '' || parts[1] === '0.0.0.0' || parts[1] === '[::]' ? '127.0.0.1' : parts[1];
  return `http://${host}:${parts[2] ?? USUAL_PORT}${parts[3] ?? ''}`;
}
