import { open } from 'node:fs/promises';
import { TuttiError } from '../../core/tutti-error.ts';
import type { SimRequest } from '../exchange/sim-request.ts';

/** A file of finished requests, one JSON object a line, without keys. */
export interface FileLog {
  write(request: SimRequest): void;
  /** Resolves when everything has been written. */
  close(): Promise<void>;
}

const KEY_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'x-api-key',
  'api-key',
  'x-goog-api-key',
  'cookie',
]);
const MASK = '[masked]';

/**
 * Opens a log file to append to; a new one is readable by its owner only.
 *
 * @throws TuttiError `file_unwritable` when it cannot be opened.
 */
export async function openFileLog(path: string): Promise<FileLog> {
  const handle = await open(path, 'a', 0o600).catch((cause: unknown) => {
    throw new TuttiError('file_unwritable', `cannot write the request log ${path}`, {
      hint: 'Name a file in an existing folder that you may write to.',
      cause,
    });
  });
  const stream = handle.createWriteStream();
  return {
    write: (request) => stream.write(`${logLine(request)}\n`),
    close: () =>
      new Promise((resolve, reject) => {
        stream.once('error', reject);
        stream.end(() => resolve());
      }),
  };
}

/** Writes a request as one line of JSON, its keys masked. */
function logLine(request: SimRequest): string {
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    KEY_HEADERS.has(name) ? MASK : value,
  ]);
  return JSON.stringify({
    ...request,
    receivedAt: new Date(request.receivedAtMs).toISOString(),
    path: request.path.replace(/([?&]key=)[^&]*/g, `$1${MASK}`),
    headers: Object.fromEntries(headers),
  });
}
