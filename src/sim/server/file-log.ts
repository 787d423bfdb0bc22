import { open } from 'node:fs/promises';
import { TuttiError } from '../../core/tutti-error.ts';
import type { SimRequest } from '../exchange/sim-request.ts';

/** A file of finished requests, one JSON object a line, without keys. */
export interface FileLog {
  write(request: SimRequest): void;
  /** Resolves when everything has been written. @throws TuttiError `disk_full` or `file_unwritable` if it was not. */
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
  let failure: TuttiError | undefined;
  let closed: Promise<void> | undefined;
  // What is simulated goes on without its log; that it ends early is said when it is closed.
  stream.on('error', (cause: NodeJS.ErrnoException) => {
    failure ??= endsEarly(path, cause);
  });
  return {
    write: (request) => {
      if (failure === undefined) stream.write(`${logLine(request)}\n`);
    },
    close: async () => {
      closed ??= new Promise((resolve) => {
        if (failure !== undefined) return resolve();
        stream.once('close', resolve);
        stream.end();
      });
      await closed;
      if (failure !== undefined) throw failure;
    },
  };
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);

function endsEarly(path: string, cause: NodeJS.ErrnoException): TuttiError {
  const isFull = FULL.has(cause.code ?? '');
  const why = cause.code === 'EDQUOT' ? 'your quota is used up' : 'no space is left';
  return new TuttiError(
    isFull ? 'disk_full' : 'file_unwritable',
    `the request log ${path} ends early: ${isFull ? why : cause.message}`,
    { hint: 'What was received later is not in it; choose another place and start again.', cause },
  );
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
