import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { TuttiError } from '../../core/tutti-error.ts';
import { isArrowStart } from '../arrow/arrow-start.ts';
import { type ByteSource, byteChunks } from '../byte-chunks.ts';
import { type FileLayer, nodeFiles } from '../file-layer.ts';
import { peek } from '../peek.ts';
import { extensionForm } from './dataset-form.ts';
import { openTable } from './open-table.ts';

const PARQUET_START = 'PAR1';
const ARROW_START_BYTES = 8;

/** How formats begin that are no text. */
const BINARY_FORMATS = [
  ['a Parquet file', [0x50, 0x41, 0x52, 0x31]],
  ['an encrypted Parquet file', [0x50, 0x41, 0x52, 0x45]],
  ['an Arrow file', [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]],
  ['a Feather file of version 1', [0x46, 0x45, 0x41, 0x31]],
  ['a workbook or a zip archive', [0x50, 0x4b, 0x03, 0x04]],
  ['packed with zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['packed with bzip2', [0x42, 0x5a, 0x68]],
  ['packed with xz', [0xfd, 0x37, 0x7a, 0x58]],
  ['an SQLite database', [0x53, 0x51, 0x4c, 0x69]],
] as const;

/** The most of a first line that is looked at, in bytes. */
const LONGEST_HEAD = 16 * 1024 * 1024;

/** The bytes of an input, unpacked. */
export interface OpenedBytes {
  readonly gzip: boolean;
  /** The first line or more of it, or 16 MiB. */
  readonly head: Buffer;
  /** All but a byte order mark. A piece is valid only until the next one is asked for. */
  readonly chunks: AsyncGenerator<Buffer, void>;
}

/** The same of what may be a Parquet or an Arrow file. */
export interface OpenedInput extends OpenedBytes {
  /** All bytes, a mark in its place. */
  readonly markedChunks: AsyncIterable<Buffer>;
  /** Where its bytes are, if it is a Parquet file; null for any other. */
  readonly parquet: string | AsyncIterable<Buffer> | null;
  /** True for an Arrow file or stream. */
  readonly isArrow: boolean;
  /** Closes it, for whoever has not begun to read it. */
  close(): Promise<void>;
}

/**
 * Opens a file or a stream of text, unpacks it when it starts as gzip does, and takes a UTF-8 byte order mark off.
 *
 * @param name how messages call it.
 * @throws TuttiError `file_missing`, `file_unreadable`; `bad_input` for UTF-16, broken gzip and formats that are no text.
 */
export async function openBytes(
  source: ByteSource,
  name: string,
  files: FileLayer = nodeFiles,
): Promise<OpenedBytes> {
  const { parquet, isArrow, close, ...opened } = await openInput(source, name, files);
  if (parquet === null && !isArrow) return opened;
  await close();
  throw notText(name, isArrow ? 'an Arrow file' : 'a Parquet file', 'Save it as CSV.');
}

/** As `openBytes` does, and gives the rows of a Parquet or Arrow file as JSON lines. @throws as it does */
export async function openRows(
  source: ByteSource,
  name: string,
  files: FileLayer = nodeFiles,
): Promise<OpenedBytes> {
  const { parquet, isArrow, close, ...opened } = await openInput(source, name, files);
  if (parquet === null && !isArrow) return opened;
  const { tableLines } = await import('./table-lines.ts');
  const table = await openTable({ ...opened, parquet, close }, name, files);
  const { head, chunks } = await peek(tableLines(table, name), hasLine);
  return { gzip: opened.gzip, head, chunks };
}

/** As `openBytes` does, and tells a Parquet file, which must be read here and there, and Arrow. @throws as it does */
export async function openInput(
  source: ByteSource,
  name: string,
  files: FileLayer = nodeFiles,
): Promise<OpenedInput> {
  const raw = await peek(byteChunks(source, files), ({ length }) => length >= 4);
  const gzip = isGzip(raw.head);
  const saysForm = extensionForm(name);
  const isParquet = (head: Buffer) =>
    (saysForm === 'parquet' || saysForm === undefined) &&
    head.toString('latin1', 0, PARQUET_START.length) === PARQUET_START;
  const isArrow = (head: Buffer) =>
    (saysForm === 'arrow' || saysForm === undefined) && isArrowStart(head);
  const isEnough = (head: Buffer) =>
    isParquet(head) || (head.length >= ARROW_START_BYTES && isArrow(head)) || hasLine(head);
  const peeked = await peek(gzip ? unpacked(raw.chunks, name) : raw.chunks, isEnough);
  const { head, chunks, close } = peeked;
  if (isParquet(head)) {
    const isRegular = typeof source === 'string' && !gzip && (await files.stat(source)).isFile;
    if (isRegular) await close();
    const parquet = isRegular ? source : chunks;
    return { gzip, head, chunks, markedChunks: chunks, parquet, isArrow: false, close };
  }
  if (isArrow(head)) {
    return { gzip, head, chunks, markedChunks: chunks, parquet: null, isArrow: true, close };
  }
  try {
    refuseUtf16(head, name);
    refuseBinary(head, name);
    if (saysForm === 'parquet') throw wrongStart(name, 'a Parquet');
    if (saysForm === 'arrow') throw wrongStart(name, 'an Arrow');
  } catch (error) {
    await close();
    throw error;
  }
  const marked = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  return {
    gzip,
    head: head.subarray(marked ? 3 : 0),
    chunks: marked ? withoutStart(chunks, 3) : chunks,
    markedChunks: chunks,
    parquet: null,
    isArrow: false,
    close,
  };
}

/** Tells whether bytes begin as gzip does. */
function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Until the first line has ended, which says what form the rest has. */
function hasLine(head: Buffer): boolean {
  return head.length >= LONGEST_HEAD || (head.length >= 4 && head.includes(0x0a));
}

async function* withoutStart(
  chunks: AsyncIterable<Buffer>,
  length: number,
): AsyncGenerator<Buffer, void> {
  let first = true;
  for await (const chunk of chunks) {
    yield first ? chunk.subarray(length) : chunk;
    first = false;
  }
}

async function* unpacked(
  chunks: AsyncIterable<Buffer>,
  name: string,
): AsyncGenerator<Buffer, void> {
  // Copies, because a piece is overwritten while the unpacking thread may still read it.
  const copies = async function* () {
    for await (const chunk of chunks) yield Buffer.from(chunk);
  };
  const packed = Readable.from(copies(), { objectMode: false });
  const stream = createGunzip({ chunkSize: 256 * 1024 });
  packed.on('error', (error) => stream.destroy(error));
  packed.pipe(stream);
  try {
    yield* stream as AsyncIterable<Buffer>;
  } catch (cause) {
    if (cause instanceof TuttiError) throw cause;
    throw new TuttiError('bad_input', `${name} cannot be unpacked: ${(cause as Error).message}`, {
      hint: 'The gzip data are damaged or cut off; fetch or pack the file again.',
      cause,
    });
  } finally {
    packed.destroy();
    stream.destroy();
  }
}

function refuseUtf16(head: Buffer, name: string): void {
  const marked = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  const unmarked = head.length >= 2 && (head[0] === 0) !== (head[1] === 0);
  if (!marked && !unmarked) return;
  throw new TuttiError('bad_input', `${name} is written in UTF-16, not in UTF-8`, {
    hint: 'Save it as UTF-8 (`iconv -f UTF-16 -t UTF-8`).',
  });
}

/** What to do with files of which the extension is wrong, or the version. */
const HINTS: Readonly<Record<string, string>> = {
  'a Parquet file': 'Give it the extension .parquet.',
  'an Arrow file': 'Give it the extension .arrow.',
  'a Feather file of version 1': 'Write it as version 2, which pyarrow does by default.',
};

const OTHER_FORMS = 'Save it as CSV or JSON lines, or pack these with gzip.';

function notText(name: string, what: string, hint: string): TuttiError {
  return new TuttiError('bad_input', `${name} is ${what}, not text`, { hint });
}

function wrongStart(name: string, what: string): TuttiError {
  return new TuttiError('bad_input', `${name} does not begin as ${what} file does`, {
    hint: 'Give a file of another form the extension that says which.',
  });
}

function refuseBinary(head: Buffer, name: string): void {
  const found = BINARY_FORMATS.find(([, start]) => start.every((byte, at) => head[at] === byte));
  if (!found) return;
  const [what] = found;
  throw notText(name, what, HINTS[what] ?? OTHER_FORMS);
}
