import type { Line } from '../line-splitter.ts';

/** Rows that were written anew as JSON lines, with their places in the text of all of them. */
export class LineBatch {
  #lines: Line[] = [];
  #texts: string[] = [];
  #offset = 0;

  /**
   * Adds a row.
   *
   * @param number its place in the file that it comes from, counted from 1: a line, or a row.
   * @param text a JSON text without line ends.
   */
  add(number: number, text: string): void {
    const length = Buffer.byteLength(text);
    const place = { number, offset: this.#offset, length };
    this.#lines.push({ ...place, text, problem: null, isRewritten: true });
    this.#texts.push(text, '\n');
    this.#offset += length + 1;
  }

  /** Adds what cannot be a row; nothing of it is in the text. */
  addProblem(number: number, problem: string): void {
    this.#lines.push({ number, offset: this.#offset, length: 0, text: '', problem });
  }

  /** The rows since the last time, and the bytes of their text. */
  take(): { readonly lines: Line[]; readonly bytes: Buffer } {
    const taken = { lines: this.#lines, bytes: Buffer.from(this.#texts.join('')) };
    this.#lines = [];
    this.#texts = [];
    return taken;
  }
}
