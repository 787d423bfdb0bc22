import { TuttiError } from '../../core/tutti-error.ts';

/** A value of the list, as its bytes are. */
export interface ArrayElement {
  /** Its place in the list, counted from 1. */
  readonly number: number;
  /** Where it begins, each counted from 1; columns are characters, as far as they are UTF-8. */
  readonly line: number;
  readonly column: number;
  /** Null for one that is too long to be kept. */
  readonly bytes: Buffer | null;
}

const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;

/** What may come next outside of values. */
type Expected = 'list' | 'first' | 'value' | 'comma' | 'nothing';

/**
 * Cuts a text that is one JSON list into its values, however its bytes come in pieces. Only what is between values is
 * checked; a piece may be overwritten after it was pushed.
 */
export class JsonArrayScanner {
  readonly #name: string;
  readonly #maxBytes: number;
  #expected: Expected = 'list';
  #number = 0;
  #line = 1;
  #column = 1;
  /** Lists and objects that are open in the value, and what of it was in earlier pieces. */
  #depth = 0;
  #isInValue = false;
  #isText = false;
  #isEscaped = false;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #start = { line: 1, column: 1 };

  /** @param maxBytes longer values are not kept */
  constructor(name: string, maxBytes: number) {
    this.#name = name;
    this.#maxBytes = maxBytes;
  }

  /** Takes the next piece and gives the values that end in it. @throws TuttiError `bad_input` where they are no list */
  push(chunk: Buffer): ArrayElement[] {
    const found: ArrayElement[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (!this.#isInValue) {
        at = this.#between(chunk, at);
        continue;
      }
      const end = this.#valueEnd(chunk, at);
      this.#hold(chunk.subarray(at, end ?? chunk.length));
      if (end === null) break;
      found.push(this.#finish());
      at = end;
    }
    return found;
  }

  /** @throws TuttiError `bad_input` where the list is not closed */
  end(): void {
    if (this.#expected === 'nothing') return;
    const what = this.#isInValue
      ? `in the value that begins at line ${this.#start.line}, column ${this.#start.column}`
      : `at line ${this.#line}, column ${this.#column}`;
    throw new TuttiError('bad_input', `${this.#name} ends ${what}, before its list is closed`, {
      hint: 'The file is cut off: fetch or write it again.',
    });
  }

  /** One byte that is in no value. @returns where to go on: a value begins there, or it is behind that byte */
  #between(chunk: Buffer, at: number): number {
    const byte = chunk[at]!;
    if (byte === NEWLINE) {
      this.#line++;
      this.#column = 1;
      return at + 1;
    }
    const isSpace = byte === 0x20 || byte === 0x09 || byte === 0x0d;
    if (!isSpace && !this.#takeMark(byte)) {
      this.#begin(byte);
      return at;
    }
    this.#column++;
    return at + 1;
  }

  /** Takes what stands between values; false where a value begins. */
  #takeMark(byte: number): boolean {
    const expected = this.#expected;
    if (expected === 'list' && byte === OPEN_LIST) this.#expected = 'first';
    else if (expected === 'comma' && byte === COMMA) this.#expected = 'value';
    else if ((expected === 'comma' || expected === 'first') && byte === CLOSE_LIST) {
      this.#expected = 'nothing';
    } else if (expected === 'first' || expected === 'value') {
      if (byte !== COMMA && byte !== CLOSE_LIST && byte !== CLOSE_OBJECT) return false;
      throw this.#wrong('there is a value missing');
    } else if (expected === 'nothing') throw this.#wrong('there is something behind the list');
    else throw this.#wrong(expected === 'list' ? 'there is no list' : 'there is a comma missing');
    return true;
  }

  #begin(byte: number): void {
    this.#isInValue = true;
    this.#isText = false;
    this.#isEscaped = false;
    this.#depth = 0;
    this.#start = { line: this.#line, column: this.#column };
    if (byte === OPEN_LIST || byte === OPEN_OBJECT || byte === QUOTE) return;
    this.#depth = -1;
  }

  /** Where the value ends; null: not in this piece. */
  #valueEnd(chunk: Buffer, start: number): number | null {
    let depth = this.#depth;
    let isText = this.#isText;
    let isEscaped = this.#isEscaped;
    for (let at = start; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (isText) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) {
          isText = false;
          if (depth === 0) return at + 1;
        } else if (byte === NEWLINE) throw this.#openText();
      } else if (depth < 0) {
        // A number, a word, or what is none.
        if (byte === COMMA || byte === CLOSE_LIST || byte <= 0x20) return at;
      } else if (byte === QUOTE) isText = true;
      else if (byte === OPEN_LIST || byte === OPEN_OBJECT) depth++;
      else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
        if (--depth === 0) return at + 1;
      }
    }
    this.#depth = depth;
    this.#isText = isText;
    this.#isEscaped = isEscaped;
    return null;
  }

  #hold(bytes: Buffer): void {
    this.#heldBytes += bytes.length;
    if (this.#heldBytes > this.#maxBytes) this.#held = [];
    else this.#held.push(Buffer.from(bytes));
    this.#move(bytes);
  }

  #move(bytes: Buffer): void {
    let from = 0;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
      this.#line++;
      this.#column = 1;
      from = at + 1;
    }
    for (let at = from; at < bytes.length; at++) if ((bytes[at]! & 0xc0) !== 0x80) this.#column++;
  }

  #finish(): ArrayElement {
    const isKept = this.#heldBytes <= this.#maxBytes;
    const bytes = this.#held.length === 1 ? this.#held[0]! : Buffer.concat(this.#held);
    this.#held = [];
    this.#heldBytes = 0;
    this.#isInValue = false;
    this.#expected = 'comma';
    return { number: ++this.#number, ...this.#start, bytes: isKept ? bytes : null };
  }

  #wrong(what: string): TuttiError {
    const place = `line ${this.#line}, column ${this.#column}`;
    return new TuttiError('bad_input', `${this.#name}, ${place}: ${what}`, {
      hint: 'A JSON file is one list of objects, or has an object in each line.',
    });
  }

  #openText(): TuttiError {
    const { line, column } = this.#start;
    const place = `in the value that begins at line ${line}, column ${column}`;
    return new TuttiError('bad_input', `${this.#name}: a text ${place} is not closed`, {
      hint: 'A text of JSON ends in its line, with a quotation mark.',
    });
  }
}
