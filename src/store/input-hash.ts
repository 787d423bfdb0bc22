import { createHash } from 'node:crypto';
import { type FileLayer, fileError, systemCode } from '../io/index.ts';
import { ownFiles } from './own-files.ts';

const PIECE_BYTES = 1024 * 1024;

/**
 * Computes the SHA-256 of a file in a run's folder, in hexadecimal; undefined if there is none.
 *
 * @throws TuttiError `unsafe_folder` or `file_unreadable`
 */
export async function sha256OfFile(path: string, base?: FileLayer): Promise<string | undefined> {
  const files = ownFiles(base);
  try {
    const fd = await files.open(path, 'r');
    try {
      const hash = createHash('sha256');
      const bytes = Buffer.allocUnsafeSlow(PIECE_BYTES);
      for (;;) {
        const count = await files.read(fd, bytes, 0, bytes.length, null);
        if (count === 0) return hash.digest('hex');
        hash.update(bytes.subarray(0, count));
      }
    } finally {
      await files.close(fd).catch(() => {});
    }
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return undefined;
    throw await fileError(cause, path, 'read');
  }
}
