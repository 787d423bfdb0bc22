import { TuttiError } from '../../core/tutti-error.ts';
import type { JsonValues } from './json-values.ts';

const [NEWLINE, QUOTE, COMMA, OPEN_LIST, CLOSE_LIST, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT] = [
  ...Buffer.from('\n",[]\\{}'),
] as [number, number, number, number, number, number, number, number];

/**
 * Cuts one JSON list, over however many lines, into its elements without holding more than one of them.
 * What stands in an element is left to the parser; here only strings and brackets are followed.
 */
export class JsonList {
  readonly #values: JsonValues;
  readonly #file: string;
  #line = 1;
  #opened = false;
  #closed = false;
  /** How far the rest of an element that is not complete was looked at, and in which state. */
  #seen = { at: 0, depth: 0, inString: false, escaped: false, lines: 0 };

  constructor(values: JsonValues, file: string) {
    this.#values = values;
    this.#file = file;
  }

  /** Number of the line on which the next element begins, or the search for it. */
  get line(): number {
    return this.#line;
  }

  /** A `TakeLines`, for pieces without a line end too. */
  take(bytes: Buffer, length: number, final: boolean): number {
    let at = 0;
    while (at < length) {
      const begin = this.#skip(bytes, at, length);
      if (begin === length) return length;
      const end = this.#elementEnd(bytes, begin, length);
      if (end < 0) {
        if (final) throw this.#problem('the list ends in the middle of an element');
        return begin;
      }
      if (end === begin) throw this.#problem('a bracket closes what was not opened');
      this.#values.take(bytes.subarray(begin, end), this.#line);
      this.#line += this.#seen.lines;
      this.#seen = { at: 0, depth: 0, inString: false, escaped: false, lines: 0 };
      at = end;
    }
    return at;
  }

  /** @throws TuttiError `bad_input` for a list that is not closed. */
  finish(): void {
    if (!this.#closed) throw this.#problem('the list is not closed: the file is cut off');
  }

  /** Where the next element begins: past white space, commas and the brackets of the list. */
  #skip(bytes: Buffer, from: number, length: number): number {
    let at = from;
    for (; at < length; at++) {
      const byte = bytes[at]!;
      if (byte === NEWLINE) this.#line += 1;
      if (byte <= 0x20 || (byte === COMMA && this.#opened && !this.#closed)) continue;
      if (!this.#opened && byte === OPEN_LIST) this.#opened = true;
      else if (byte === CLOSE_LIST && !this.#closed) this.#closed = true;
      else if (this.#closed) throw this.#problem('something stands behind the end of the list');
      else break;
    }
    return at;
  }

  #elementEnd(bytes: Buffer, begin: number, length: number): number {
    const seen = this.#seen;
    for (let at = begin + seen.at; at < length; at++) {
      const byte = bytes[at]!;
      if (byte === NEWLINE) seen.lines += 1;
      if (seen.escaped) seen.escaped = false;
      else if (seen.inString) {
        if (byte === BACKSLASH) seen.escaped = true;
        else if (byte === QUOTE) seen.inString = false;
      } else if (byte === QUOTE) seen.inString = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) seen.depth += 1;
      else if (byte === COMMA && seen.depth === 0) return at;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        if (seen.depth === 0) return at;
        seen.depth -= 1;
        if (seen.depth === 0) return at + 1;
      }
    }
    seen.at = length - begin;
    return -1;
  }

  #problem(what: string): TuttiError {
    return new TuttiError('bad_input', `${this.#file}, line ${this.#line}: ${what}`, {
      hint: 'Fetch or write the file again, or give one object a line.',
    });
  }
}
