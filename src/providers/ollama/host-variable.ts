const USUAL_PORT = 11434;

/**
 * Reads what `OLLAMA_HOST` may hold: an address, a host, `host:port` or `:port`. The wildcard
 * `0.0.0.0`, by which the server listens everywhere, is reached at 127.0.0.1.
 */
export function addressOfHost(text: string): string {
  if (/^https?:\/\//i.test(text)) return text;
  const parts = /^(\[[^\]]*\]|[^:/]*)(?::(\d+))?(\/.*)?$/.exec(text);
  if (parts === null) return text;
  const host =
    parts[1] === '' || parts[1] === '0.0.0.0' || parts[1] === '[::]' ? '127.0.0.1' : parts[1];
  return `http://${host}:${parts[2] ?? USUAL_PORT}${parts[3] ?? ''}`;
}
