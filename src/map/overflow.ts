import type { ContextSize } from '../core/context-size.ts';
import type { JsonObject } from '../core/json.ts';

/** Less than what should fit, since tokens are not spread evenly over a text. */
const SPARE = 0.95;

/** A part of a text that is left out, told in its place. */
const leftOut = (characters: number) =>
  `[… ${characters.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',')} characters left out …]`;

/** The column of a template that has the longest text; null where none has one. */
export function longestColumn(row: JsonObject, columns: readonly string[]): string | null {
  let longest: string | null = null;
  for (const name of columns) {
    const text = textIn(row, name);
    if (text.length > (longest === null ? 0 : textIn(row, longest).length)) longest = name;
  }
  return longest;
}

/** The text of a column; empty where it is none. */
export function textIn(row: JsonObject, name: string): string {
  const value = Object.hasOwn(row, name) ? row[name] : undefined;
  return typeof value === 'string' ? value : '';
}

/**
 * How many characters of a column should fit: by the two numbers of the error and the characters of each token of this
 * very prompt, less 5 %; without them, or where they leave nothing, half of what it has.
 *
 * @param column characters of the column
 * @param prompt characters of the whole prompt
 */
export function fittingLength(
  column: number,
  prompt: number,
  size: ContextSize | undefined,
): number {
  const half = Math.floor(column / 2);
  const { given = null, limit = null, forAnswer = 0 } = size ?? {};
  if (given === null || limit === null || given <= limit) return half;
  const fitting = Math.floor((prompt / (given - forAnswer)) * (limit - forAnswer) * SPARE);
  const left = column - (prompt - fitting) - leftOut(column).length;
  return left > 0 && left < column ? left : half;
}

/** Cuts a text in its middle to so many characters, and says there how many are missing; no character is divided. */
export function cutInMiddle(text: string, length: number): string {
  const head = wholeUntil(text, Math.ceil(length / 2));
  const tail = wholeFrom(text, text.length - Math.floor(length / 2));
  if (tail <= head) return text;
  const removed = [...text.slice(head, tail)].length;
  return `${text.slice(0, head)}${leftOut(removed)}${text.slice(tail)}`;
}

/** Divides a text into pieces of a length, of which two share some characters; no character is divided. */
export function piecesOf(text: string, length: number, overlap: number): readonly string[] {
  const pieces: string[] = [];
  for (let start = 0; ; ) {
    const next = start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
    const end = Math.max(wholeUntil(text, Math.min(text.length, start + length)), next);
    pieces.push(text.slice(start, end));
    if (end >= text.length) return pieces;
    start = Math.max(next, wholeUntil(text, end - overlap));
  }
}

function isWithinCharacter(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const behind = text.charCodeAt(at);
  return before >= 0xd800 && before < 0xdc00 && behind >= 0xdc00 && behind < 0xe000;
}

function wholeUntil(text: string, at: number): number {
  return isWithinCharacter(text, at) ? at - 1 : at;
}

function wholeFrom(text: string, at: number): number {
  return isWithinCharacter(text, at) ? at + 1 : at;
}
