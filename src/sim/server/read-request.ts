import type { IncomingMessage } from 'node:http';
import { parseExactJson } from '../../core/exact-json.ts';
import type { JsonValue } from '../../core/json.ts';

const MAX_BYTES = 128 * 1024 * 1024;

/** Reads the body of a request as text, and hands it on; undefined when it is larger than 128 MiB. */
export function readRequest(
  request: IncomingMessage,
  done: (text: string | undefined) => void,
): void {
  readBytes(request, (bytes) => done(bytes?.toString()));
}

/** Reads the body of a request, and hands it on; undefined when it is larger than 128 MiB. */
export function readBytes(
  request: IncomingMessage,
  done: (bytes: Buffer | undefined) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MAX_BYTES) chunks.push(chunk);
  });
  request.on('end', () => {
    if (bytes > MAX_BYTES) return done(undefined);
    const [first] = chunks;
    done(chunks.length === 1 && first ? first : Buffer.concat(chunks));
  });
}

/** Parses a body; undefined when it is not JSON. */
export function parseBody(text: string): JsonValue | undefined {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}
