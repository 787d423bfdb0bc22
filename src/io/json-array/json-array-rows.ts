import { isUtf8 } from 'node:buffer';
import { isJson } from '../../core/json.ts';
import { jsonMistake } from '../../core/json-mistake.ts';
import { withNullForNaN } from '../bare-nan.ts';
import { type ArrayElement, JsonArrayScanner } from './json-array-scanner.ts';

/** A value of a list, as one line. */
export interface ArrayRow {
  /** The line in which it begins; where lines have several values, its place in the list. Both are counted from 1. */
  readonly number: number;
  /** Its JSON text as it is written, but for line ends and indents. */
  readonly text: string;
  /** What is wrong with it, as the end of a sentence; null if nothing. */
  readonly problem: string | null;
}

const MAX_VALUE_BYTES = 256 * 1024 * 1024;

/**
 * Reads a text that is one JSON list, value by value. Memory is bounded by the longest value.
 *
 * @param chunks a piece is read before the next one is asked for
 * @throws TuttiError `bad_input` with line and column where the values are no list
 */
export async function* jsonArrayRows(
  chunks: AsyncIterable<Buffer>,
  name: string,
): AsyncGenerator<readonly ArrayRow[], void> {
  const scanner = new JsonArrayScanner(name, MAX_VALUE_BYTES);
  let lastLine = 0;
  let sharesLines = false;
  for await (const chunk of chunks) {
    const rows = scanner.push(chunk).map((element) => {
      sharesLines ||= element.line === lastLine;
      lastLine = element.line;
      return arrayRow(element, sharesLines ? element.number : element.line);
    });
    if (rows.length > 0) yield rows;
  }
  scanner.end();
}

function arrayRow(element: ArrayElement, number: number): ArrayRow {
  const { bytes } = element;
  const wrong = (problem: string) => ({ number, text: '', problem });
  if (bytes === null) return wrong(`is longer than ${MAX_VALUE_BYTES} bytes`);
  if (!isUtf8(bytes)) return wrong('is not valid UTF-8');
  const text = bytes.toString('utf8');
  const value = isJson(text) ? text : withNullForNaN(text);
  if (value === null) return wrong(`is not JSON${placeOf(text, element)}`);
  // Within texts there are no line ends, since it is JSON.
  return { number, text: value.replace(/[\r\n][ \t\r\n]*/g, ''), problem: null };
}

function placeOf(text: string, { line, column }: ArrayElement): string {
  const at = jsonMistake(text);
  if (at === null) return '';
  const before = text.slice(0, at).split('\n');
  const last = [...before.at(-1)!].length;
  const place = before.length === 1 ? [line, column + last] : [line + before.length - 1, last + 1];
  return ` (line ${place[0]}, column ${place[1]})`;
}
