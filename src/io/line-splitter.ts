import { isAscii, isUtf8 } from 'node:buffer';

/** One line of an input. */
export interface Line {
  /** Number of the physical line, counted from 1. */
  readonly number: number;
  /** Place of its first byte in the input; a byte order mark is counted, but not part of the line. */
  readonly offset: number;
  /** Length in bytes, without the line end. */
  readonly length: number;
  /** The text; empty when there is a `problem`. */
  readonly text: string;
  /** What is wrong with the bytes of this line, as the end of a sentence; null if nothing. */
  readonly problem: string | null;
  /** True where the text was made of a row in another form, so that places in the text are none of the input. */
  readonly isRewritten?: boolean;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * Cuts a stream of bytes into lines. Bytes of a line that is not complete are copied, so a piece
 * handed to `push` may be overwritten afterwards.
 */
export class LineSplitter {
  readonly #maxLineBytes: number;
  #number = 0;
  #offset = 0;
  #held: Buffer[] = [];
  #heldBytes = 0;

  /** @param maxLineBytes longer lines get a `problem`, and their bytes are not kept. */
  constructor(maxLineBytes: number) {
    this.#maxLineBytes = maxLineBytes;
  }

  /** Takes the next piece and returns the lines that it completes. */
  push(chunk: Buffer): Line[] {
    const lines: Line[] = [];
    let start = 0;
    const first = chunk.indexOf(NEWLINE);
    if (first >= 0 && (this.#heldBytes > 0 || this.#number === 0)) {
      this.#hold(chunk.subarray(0, first));
      lines.push(this.#finishHeld(1));
      start = first + 1;
    }
    const last = first < 0 ? -1 : chunk.lastIndexOf(NEWLINE);
    if (last >= start) {
      this.#split(chunk.subarray(start, last + 1), lines);
      start = last + 1;
    }
    this.#hold(chunk.subarray(start));
    return lines;
  }

  /** Returns the last line if the input did not end with a line end. */
  end(): Line[] {
    return this.#heldBytes > 0 ? [this.#finishHeld(0)] : [];
  }

  /** Whole lines only: one check of the encoding serves all of them. */
  #split(block: Buffer, lines: Line[]): void {
    const ascii = isAscii(block);
    const valid = ascii || isUtf8(block);
    let start = 0;
    while (start < block.length) {
      const newline = block.indexOf(NEWLINE, start);
      const end = newline > start && block[newline - 1] === RETURN ? newline - 1 : newline;
      const length = end - start;
      const offset = this.#offset;
      const number = ++this.#number;
      if (length > this.#maxLineBytes) {
        lines.push({ number, offset, length, text: '', problem: this.#tooLong() });
      } else if (valid) {
        const text = block.toString(ascii ? 'latin1' : 'utf8', start, end);
        lines.push({ number, offset, length, text, problem: null });
      } else {
        lines.push(decoded(number, offset, block.subarray(start, end)));
      }
      this.#offset += newline + 1 - start;
      start = newline + 1;
    }
  }

  #hold(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#heldBytes += bytes.length;
    if (this.#heldBytes > this.#maxLineBytes + 4) this.#held = [];
    else this.#held.push(Buffer.from(bytes));
  }

  /** Room for a byte order mark and a carriage return beyond the limit: they are not part of the line. */
  #finishHeld(lineEndBytes: 0 | 1): Line {
    const number = ++this.#number;
    const heldBytes = this.#heldBytes;
    const held = this.#held;
    let offset = this.#offset;
    this.#offset += heldBytes + lineEndBytes;
    this.#held = [];
    this.#heldBytes = 0;
    if (heldBytes > this.#maxLineBytes + 4) {
      return { number, offset, length: heldBytes, text: '', problem: this.#tooLong() };
    }
    let bytes = held.length === 1 ? held[0]! : Buffer.concat(held, heldBytes);
    if (number === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
      bytes = bytes.subarray(3);
      offset += 3;
    }
    if (lineEndBytes === 1 && bytes.at(-1) === RETURN) bytes = bytes.subarray(0, -1);
    if (bytes.length > this.#maxLineBytes) {
      return { number, offset, length: bytes.length, text: '', problem: this.#tooLong() };
    }
    return decoded(number, offset, bytes);
  }

  #tooLong(): string {
    return `is longer than ${this.#maxLineBytes} bytes`;
  }
}

function decoded(number: number, offset: number, bytes: Buffer): Line {
  const length = bytes.length;
  if (isUtf8(bytes)) {
    return { number, offset, length, text: bytes.toString('utf8'), problem: null };
  }
  const problem = `is not valid UTF-8 (from byte ${firstBadByte(bytes) + 1} of the line)`;
  return { number, offset, length, text: '', problem };
}

/** Decoding replaces what is wrong; encoding again differs from the first wrong byte on. */
function firstBadByte(bytes: Buffer): number {
  const again = Buffer.from(bytes.toString('utf8'));
  let place = 0;
  while (place < bytes.length && bytes[place] === again[place]) place++;
  return place;
}
