import type { FileLayer } from './file-layer.ts';

/**
 * Writes all bytes, going on after a short write.
 *
 * @throws what the layer throws; `onWritten` has then told how many bytes were taken before.
 */
export async function writeAll(
  files: FileLayer,
  fd: number,
  bytes: Uint8Array,
  onWritten?: (count: number) => void,
): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const count = await files.write(fd, bytes, done, bytes.length - done);
    if (count === 0) throw Object.assign(new Error('nothing was written'), { code: 'EIO' });
    done += count;
    onWritten?.(count);
  }
}

/** The same before it returns, for writes that are known to be quick. @throws as `writeAll` does. */
export function writeAllSync(
  files: FileLayer,
  fd: number,
  bytes: Uint8Array,
  onWritten: (count: number) => void,
): void {
  let done = 0;
  while (done < bytes.length) {
    const count = files.writeSync(fd, bytes, done, bytes.length - done);
    if (count === 0) throw Object.assign(new Error('nothing was written'), { code: 'EIO' });
    done += count;
    onWritten(count);
  }
}
