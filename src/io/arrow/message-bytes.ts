import { NamelessFile } from '../nameless-file.ts';
import { damaged } from './arrow-problem.ts';
import { ARROW_MAGIC, CONTINUES, isFileStart } from './arrow-start.ts';
import { fileFooter } from './file-footer.ts';
import { type ArrowMessage, messageHead } from './message-head.ts';

const MARK_BYTES = 8;
const MOST_METADATA_BYTES = 64 * 1024 * 1024;

/**
 * Reads the messages of an Arrow file or stream, one behind the other. Bytes are held as they come, never for a claim. A
 * file that does not begin with its schema is kept first: Arrow's JavaScript writes it at the end alone, and Polars without
 * the marks of a message, so that only the end says where the others are.
 *
 * @throws ArrowProblem where they end too soon, or are no messages
 */
export async function* arrowMessages(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<ArrowMessage, void> {
  const pieces = new Pieces(chunks);
  try {
    const isFile = isFileStart(await pieces.look(MARK_BYTES));
    if (isFile) await pieces.take(MARK_BYTES);
    const first = await nextMessage(pieces, isFile);
    if (first?.kind === 'schema') {
      yield first;
      yield* messagesBehind(pieces, isFile);
    } else if (isFile) yield* withLateSchema(first, pieces);
    else throw damaged('it has no schema');
  } finally {
    await pieces.close();
  }
}

async function* withLateSchema(
  first: ArrowMessage | null,
  pieces: Pieces,
): AsyncGenerator<ArrowMessage, void> {
  const kept = await NamelessFile.create();
  try {
    for (let next = await pieces.any(); next !== null; next = await pieces.any())
      await kept.write(next);
    const { schema, places } = await fileFooter(kept);
    yield schema;
    if (first !== null) {
      yield first;
      yield* messagesBehind(new Pieces(kept.chunks()), true);
      return;
    }
    for (const place of places) yield await messageAt(kept, place - MARK_BYTES);
  } finally {
    await kept.close();
  }
}

async function* messagesBehind(
  pieces: Pieces,
  isFile: boolean,
): AsyncGenerator<ArrowMessage, void> {
  for (
    let next = await nextMessage(pieces, isFile);
    next;
    next = await nextMessage(pieces, isFile)
  ) {
    yield next;
  }
  if (isFile) await checkEnd(pieces);
}

/** Null behind the last one. */
async function nextMessage(pieces: Pieces, isFile: boolean): Promise<ArrowMessage | null> {
  const mark = await pieces.look(MARK_BYTES);
  const ends = mark.length < MARK_BYTES || mark.readInt32LE(0) !== CONTINUES;
  // A stream may end without a mark; of a file the end follows.
  if (ends && !isFile && mark.length > 0) throw damaged('a batch begins in the wrong way');
  if (ends) return null;
  const length = mark.readInt32LE(4);
  if (length === 0) await pieces.take(MARK_BYTES);
  return length === 0 ? null : message(pieces, length);
}

async function message(pieces: Pieces, length: number): Promise<ArrowMessage> {
  if (length < 0 || length > MOST_METADATA_BYTES) throw damaged('a message has no length');
  const begin = await pieces.take(MARK_BYTES + length);
  const head = messageHead(begin.subarray(MARK_BYTES));
  const body = await pieces.take(head.bodyLength);
  return { ...head, bytes: begin, body };
}

/** @param place of the message in what is kept of the file */
async function messageAt(kept: NamelessFile, place: number): Promise<ArrowMessage> {
  const mark = await kept.read(place, MARK_BYTES);
  if (mark.length < MARK_BYTES || mark.readInt32LE(0) !== CONTINUES) {
    throw damaged('a batch begins in the wrong way');
  }
  const length = mark.readInt32LE(4);
  if (length <= 0 || length > MOST_METADATA_BYTES) throw damaged('a message has no length');
  const begin = await kept.read(place, MARK_BYTES + length);
  const head = messageHead(begin.subarray(MARK_BYTES));
  const body = await kept.read(place + begin.length, head.bodyLength);
  if (body.length < head.bodyLength) throw damaged('it ends too soon');
  return { ...head, bytes: begin, body };
}

async function checkEnd(pieces: Pieces): Promise<void> {
  let last = Buffer.alloc(0);
  for (let next = await pieces.any(); next !== null; next = await pieces.any()) {
    last = Buffer.concat([last, next]).subarray(-ARROW_MAGIC.length);
    last = Buffer.from(last);
  }
  if (last.toString('latin1') !== ARROW_MAGIC) throw damaged('it ends too soon');
}

/** Bytes that come in pieces, taken in lengths of one's own. */
class Pieces {
  readonly #source: AsyncIterator<Buffer>;
  #held: Buffer[] = [];
  #heldBytes = 0;

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next bytes, which stay; fewer where there are no more. */
  async look(length: number): Promise<Buffer> {
    while (this.#heldBytes < length && (await this.#more()));
    if (this.#held.length > 1) this.#held = [Buffer.concat(this.#held)];
    return (this.#held[0] ?? Buffer.alloc(0)).subarray(0, length);
  }

  /** @throws ArrowProblem where there are fewer */
  async take(length: number): Promise<Buffer> {
    while (this.#heldBytes < length) if (!(await this.#more())) throw damaged('it ends too soon');
    const all = this.#held.length === 1 ? this.#held[0]! : Buffer.concat(this.#held);
    this.#held = [all.subarray(length)];
    this.#heldBytes -= length;
    return all.subarray(0, length);
  }

  /** Whatever comes next; null at the end. */
  async any(): Promise<Buffer | null> {
    if (this.#heldBytes === 0 && !(await this.#more())) return null;
    return this.take(this.#heldBytes);
  }

  /** Lets go of what they come from, of which a stream may have bytes behind its end. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done) return false;
    this.#held.push(Buffer.from(next.value));
    this.#heldBytes += next.value.length;
    return true;
  }
}
