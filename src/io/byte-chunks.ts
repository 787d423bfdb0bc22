import type { Readable } from 'node:stream';
import { TuttiError } from '../core/tutti-error.ts';
import { fileError } from './file-error.ts';
import { type FileLayer, nodeFiles } from './file-layer.ts';

const CHUNK_BYTES = 256 * 1024;

/** A file (by path), or bytes as they come. */
export type ByteSource = string | Readable | AsyncIterable<Buffer>;

/**
 * Reads a file (by path) or a stream piece by piece. A piece is valid only until the next one is
 * asked for: the next one is read ahead into a second buffer, and the two are used in turn.
 *
 * @throws TuttiError `file_missing` or `file_unreadable`.
 */
export function byteChunks(
  source: ByteSource,
  files: FileLayer = nodeFiles,
): AsyncGenerator<Buffer, void, undefined> {
  return typeof source === 'string' ? fileChunks(source, files) : streamChunks(source);
}

async function* fileChunks(path: string, files: FileLayer): AsyncGenerator<Buffer, void> {
  const fd = await failingAs(path, files.open(path, 'r'));
  const buffers = [Buffer.allocUnsafeSlow(CHUNK_BYTES), Buffer.allocUnsafeSlow(CHUNK_BYTES)];
  // Position null, so that pipes (`/dev/stdin`, `<(command)`) work too.
  const fill = (buffer: Buffer) => files.read(fd, buffer, 0, buffer.length, null);
  let pending = fill(buffers[0]!);
  try {
    for (let turn = 0; ; turn = 1 - turn) {
      const count = await failingAs(path, pending);
      if (count === 0) return;
      pending = fill(buffers[1 - turn]!);
      pending.catch(() => {}); // Reported when its turn comes.
      yield buffers[turn]!.subarray(0, count);
    }
  } finally {
    await pending.catch(() => {});
    await files.close(fd).catch(() => {});
  }
}

async function* streamChunks(
  stream: Readable | AsyncIterable<Buffer>,
): AsyncGenerator<Buffer, void> {
  try {
    for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  } catch (cause) {
    throw cause instanceof TuttiError
      ? cause
      : new TuttiError('file_unreadable', `Standard input cannot be read: ${String(cause)}`, {
          cause,
        });
  }
}

async function failingAs<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw await fileError(cause, path, 'read');
  }
}
