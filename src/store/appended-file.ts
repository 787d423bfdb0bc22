import { crc32 } from 'node:zlib';
import type { Clock } from '../core/clock.ts';
import { type FileLayer, systemCode, writeAll, writeAllSync } from '../io/index.ts';

/** A write that takes longer than this is left to a thread, and so are those after it until one is fast again. */
const SLOW_WRITE_MS = 20;

/** What systems say when there is no room for more. */
const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** Bytes of a file, from one place to another, and their checksum (CRC-32). */
export interface WrittenBytes {
  readonly from: number;
  readonly to: number;
  readonly checksum: number;
}

/** Appends to an open file: at once, or by a thread while the disk is slow. */
export class AppendedFile {
  readonly #fd: number;
  readonly #files: FileLayer;
  readonly #clock: Clock;
  readonly #from: number;
  #to: number;
  #checksum = 0;
  #isSlow = false;
  #makeRoom: (() => Promise<boolean>) | undefined;

  /** @param size of the file so far */
  constructor(fd: number, size: number, { files, clock }: { files: FileLayer; clock: Clock }) {
    this.#fd = fd;
    this.#from = size;
    this.#to = size;
    this.#files = files;
    this.#clock = clock;
  }

  /** What was appended here. */
  get written(): WrittenBytes {
    return { from: this.#from, to: this.#to, checksum: this.#checksum };
  }

  /** Takes what makes room on a full disk, if it can: then the rest of a write is tried once more. */
  onFull(makeRoom: () => Promise<boolean>): void {
    this.#makeRoom = makeRoom;
  }

  /** Returns, or resolves, when all is written. @param onWritten told of each part of it */
  write(bytes: Buffer, onWritten: (count: number) => void): Promise<void> | undefined {
    const startMs = this.#clock.monotonicMs();
    const start = this.#to;
    const notePart = (count: number) => {
      const place = this.#to - start;
      this.#checksum = crc32(bytes.subarray(place, place + count), this.#checksum);
      this.#to += count;
      onWritten(count);
    };
    const noteTime = () => {
      this.#isSlow = this.#clock.monotonicMs() - startMs > SLOW_WRITE_MS;
    };
    const rest = async (cause: unknown) => {
      if (!FULL.has(systemCode(cause) ?? '') || !(await this.#makeRoom?.())) throw cause;
      const left = bytes.subarray(this.#to - start);
      await writeAll(this.#files, this.#fd, left, notePart);
    };
    if (this.#isSlow) {
      return writeAll(this.#files, this.#fd, bytes, notePart).catch(rest).then(noteTime);
    }
    try {
      writeAllSync(this.#files, this.#fd, bytes, notePart);
    } catch (cause) {
      return rest(cause).then(noteTime);
    }
    noteTime();
    return undefined;
  }
}

const PIECE_BYTES = 1024 * 1024;

/** Tells whether a file still has the bytes that were written there, and ends with them. */
export async function isAsWritten(
  path: string,
  { from, to, checksum }: WrittenBytes,
  files: FileLayer,
): Promise<boolean> {
  const piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
  let place = from;
  let found = 0;
  const fd = await files.open(path, 'r');
  try {
    for (;;) {
      const count = await files.read(fd, piece, 0, PIECE_BYTES, place);
      if (count === 0) return place === to && found === checksum;
      place += count;
      found = crc32(piece.subarray(0, count), found);
    }
  } finally {
    await files.close(fd).catch(() => {});
  }
}
