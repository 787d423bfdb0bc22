import { jsonStringEnd } from './json-string-end.ts';

/**
 * A text of JSON with `null` for each of some words that stand outside its strings, such as the `NaN` that Python
 * writes. What is no JSON but for them comes out as it came in.
 *
 * @param words one that another one ends with stands before it
 */
export function withNullFor(words: readonly string[], text: string): string {
  let written = '';
  let from = 0;
  for (let at = 0; at < text.length; ) {
    if (text[at] === '"') {
      const end = jsonStringEnd(text, at);
      if (end <= at) return text;
      at = end;
      continue;
    }
    const word = words.find((one) => text.startsWith(one, at));
    if (word === undefined) at++;
    else {
      written += `${text.slice(from, at)}null`;
      at += word.length;
      from = at;
    }
  }
  return written + text.slice(from);
}
