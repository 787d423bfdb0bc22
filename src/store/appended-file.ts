import { crc32 } from 'node:zlib';
import type { Clock } from '../core/clock.ts';
import { type FileLayer, writeAll, writeAllSync } from '../io/index.ts';

/** A write that takes longer than this is left to a thread, and so are those after it until one is fast again. */
const SLOW_WRITE_MS = 20;

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

  /** @param size of the file so far */
  constructor(fd: number, size: number, { files, clock }: { files: FileLayer; clock: Clock }) {
    this.#fd = fd;
    this.#from = size;
    this.#to = size;
    this.#files = files;
    this.#clock = clock;
  }

  /** What was appended here, all writes having been whole. */
  get written(): WrittenBytes {
    return { from: this.#from, to: this.#to, checksum: this.#checksum };
  }

  /** Returns, or resolves, when all is written. @param onWritten told of each part of it */
  write(bytes: Buffer, onWritten: (count: number) => void): Promise<void> | undefined {
    const startMs = this.#clock.monotonicMs();
    const note = () => {
      this.#isSlow = this.#clock.monotonicMs() - startMs > SLOW_WRITE_MS;
      this.#to += bytes.length;
      this.#checksum = crc32(bytes, this.#checksum);
    };
    if (this.#isSlow) return writeAll(this.#files, this.#fd, bytes, onWritten).then(note);
    writeAllSync(this.#files, this.#fd, bytes, onWritten);
    note();
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
