import { createHash } from 'node:crypto';
import { type FileLayer, nodeFiles } from '../../io/index.ts';
import type { OpenFile } from './media-folder.ts';

const CHUNK_BYTES = 256 * 1024;
const LEAST_CHUNK_BYTES = 4096;

/** Reads an open file from its first byte, and closes it. A piece is valid until the next one is asked for. */
export async function* bytesOfFile(
  { fd, status }: OpenFile,
  files: FileLayer = nodeFiles,
): AsyncGenerator<Buffer, void> {
  // Hundreds of small files are read at once.
  const size = Math.min(CHUNK_BYTES, Math.max(LEAST_CHUNK_BYTES, status.size));
  const buffer = Buffer.allocUnsafeSlow(size);
  try {
    for (let position = 0; ; ) {
      const count = await files.read(fd, buffer, 0, size, position);
      if (count === 0) return;
      position += count;
      yield buffer.subarray(0, count);
    }
  } finally {
    await files.close(fd).catch(() => {});
  }
}

/** What is told of the bytes of a file. */
export interface FileDigest {
  /** In hexadecimal. */
  readonly sha256: string;
  /** Bytes that were read. */
  readonly size: number;
  /** The first of them. */
  readonly head: Buffer;
}

/** Reads a whole file once and tells its digest. @param onBytes receives each piece */
export async function digestOfFile(
  file: OpenFile,
  headBytes: number,
  onBytes: (bytes: Buffer) => void,
  files: FileLayer = nodeFiles,
): Promise<FileDigest> {
  const hash = createHash('sha256');
  let head = Buffer.alloc(0);
  let size = 0;
  for await (const bytes of bytesOfFile(file, files)) {
    if (head.length < headBytes) {
      head = Buffer.concat([head, bytes.subarray(0, headBytes - head.length)]);
    }
    hash.update(bytes);
    size += bytes.length;
    onBytes(bytes);
  }
  return { sha256: hash.digest('hex'), size, head };
}
