import type { Line } from '../../io/index.ts';
import type { FillRow } from './fill-row.ts';

/** A row of the run's own copy. */
export interface FilledLine extends Line {
  /** Place of its first byte in the copy. */
  readonly offset: number;
  /** The line of the input that it was made from; undefined where it is that line. */
  readonly source?: string;
}

/** Receives bytes; they are valid until its promise is settled. */
export type Tee = (bytes: Buffer) => void | Promise<void>;

/** A batch ends when so many characters were written anew. */
const BATCH_CHARACTERS = 1024 * 1024;
/** A line that is longer than this is no row, and is not held. */
const LONGEST_LINE_BYTES = 256 * 1024 * 1024 + 8;

/**
 * Fills the rows of JSON lines. Lines that stay as they are keep every byte, their ends, too; in the place of another one
 * stand the rows that it becomes, all of them with its number.
 *
 * @param readLines gives the lines, each after its bytes were handed to the function that it is given
 * @param tee receives the bytes of the filled lines, each before its row is given
 */
export async function* filledLines(
  readLines: (hold: Tee | undefined) => AsyncIterable<readonly Line[]>,
  fill: FillRow,
  tee: Tee | undefined,
): AsyncGenerator<readonly FilledLine[], void> {
  const copy = tee && new CopyOfLines(tee);
  let shift = 0;
  let rows: FilledLine[] = [];
  let characters = 0;
  for await (const lines of readLines(copy && ((bytes) => copy.hold(bytes)))) {
    for (const line of lines) {
      const texts = line.problem === null ? fill(line.text) : null;
      if (texts === null) {
        rows.push(shift === 0 ? line : { ...line, offset: line.offset + shift });
        continue;
      }
      const bytes = Buffer.from(texts.join('\n'));
      copy?.replace(line, bytes);
      let offset = line.offset + shift;
      for (const text of texts) {
        const length = Buffer.byteLength(text);
        rows.push({ ...line, text, offset, length, source: line.text });
        offset += length + 1;
        characters += text.length;
      }
      shift += bytes.length - line.length;
      if (characters < BATCH_CHARACTERS) continue;
      await copy?.flush(line);
      yield rows;
      rows = [];
      characters = 0;
    }
    const last = lines.at(-1);
    if (last !== undefined) await copy?.flush(last);
    if (rows.length > 0) yield rows;
    rows = [];
    characters = 0;
  }
  await copy?.end();
}

/** Copies bytes, of which lines are replaced. */
class CopyOfLines {
  readonly #tee: Tee;
  /** What was not copied yet, in pieces, and where it begins in the input. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  #start = 0;
  /** What is to be copied next. */
  #pieces: Buffer[] = [];

  constructor(tee: Tee) {
    this.#tee = tee;
  }

  /** Takes the next bytes of the input. */
  async hold(bytes: Buffer): Promise<void> {
    // What is held by now is the begin of one line.
    if (this.#heldBytes > LONGEST_LINE_BYTES) await this.end();
    this.#held.push(Buffer.from(bytes));
    this.#heldBytes += bytes.length;
  }

  /** Puts other bytes in the place of a line's. */
  replace(line: Line, bytes: Buffer): void {
    this.#pieces.push(this.#take(line.offset), bytes);
    this.#take(line.offset + line.length);
  }

  /** Copies everything up to the end of a line, without its line end. */
  async flush(line: Line): Promise<void> {
    this.#pieces.push(this.#take(line.offset + line.length));
    await this.#write();
  }

  /** Copies what is left. */
  async end(): Promise<void> {
    this.#pieces.push(this.#take(this.#start + this.#heldBytes));
    await this.#write();
  }

  async #write(): Promise<void> {
    const pieces = this.#pieces;
    this.#pieces = [];
    for (const piece of pieces) if (piece.length > 0) await this.#tee(piece);
  }

  /** Takes what is held up to a place of the input. */
  #take(end: number): Buffer {
    const length = end - this.#start;
    if (length <= 0) return EMPTY;
    const held = this.#held.length === 1 ? this.#held[0]! : Buffer.concat(this.#held);
    this.#held = [held.subarray(length)];
    this.#heldBytes -= length;
    this.#start = end;
    return held.subarray(0, length);
  }
}

const EMPTY = Buffer.alloc(0);

/** Where columns are counted: in the line as it stands in the input, if that is JSON. */
export function sourceOf({ text, source = text, isRewritten = false }: FilledLine): string | null {
  return isRewritten ? null : source;
}

/** True for a line of nothing but white space. */
export function isBlank(line: FilledLine): boolean {
  return line.problem === null && line.text.trim() === '';
}
