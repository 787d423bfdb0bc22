import { type ByteSource, byteChunks } from './byte-chunks.ts';
import { type FileLayer, nodeFiles } from './file-layer.ts';
import { type Line, LineSplitter } from './line-splitter.ts';

/** How lines are read. */
export interface ReadLinesOptions {
  /** Longest line in bytes; default 256 MiB. A longer one is a problem of that line alone. */
  readonly maxLineBytes?: number;
  /**
   * Receives exactly the bytes of the input, in order; the next ones come after its promise is
   * settled, and the bytes are valid only until then.
   */
  readonly tee?: (bytes: Buffer) => void | Promise<void>;
  /** Default: the machine's. */
  readonly files?: FileLayer;
}

const MAX_LINE_BYTES = 256 * 1024 * 1024;

/**
 * Reads a file (by path) or a stream as batches of lines. A byte order mark at the start is skipped;
 * lines end with LF or CRLF, the last one may lack its end. Memory is a few buffers of 256 KiB and
 * about three times the longest line. A caller that stops early closes the file.
 *
 * @throws TuttiError `file_missing` or `file_unreadable`, and whatever `tee` throws.
 */
export async function* readLines(
  source: ByteSource,
  options: ReadLinesOptions = {},
): AsyncGenerator<Line[], void, undefined> {
  const splitter = new LineSplitter(options.maxLineBytes ?? MAX_LINE_BYTES);
  for await (const chunk of byteChunks(source, options.files ?? nodeFiles)) {
    const copied = Promise.resolve(options.tee?.(chunk));
    copied.catch(() => {}); // Reported below.
    const lines = splitter.push(chunk);
    try {
      if (lines.length > 0) yield lines;
    } finally {
      await copied;
    }
  }
  const lines = splitter.end();
  if (lines.length > 0) yield lines;
}
