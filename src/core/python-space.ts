/** What Python takes for white space, which is not quite what JavaScript does. */
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const SPACES = new RegExp(SPACE.source, 'g');

/** The words of a text as Python's `split` gives them. */
export function splitWords(text: string): string[] {
  return text.split(SPACE).filter((word) => word !== '');
}

/** A text without any white space. */
export function withoutSpace(text: string): string {
  return text.replace(SPACES, '');
}

/** A text without white space at its end. */
export function withoutSpaceAtEnd(text: string): string {
  let end = text.length;
  // An expression would look through every run of white space once for each of its characters.
  while (end > 0 && SPACE.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** A text without white space at either end: Python's `strip`. */
export function withoutSpaceAround(text: string): string {
  let start = 0;
  while (start < text.length && SPACE.test(text[start]!)) start++;
  return withoutSpaceAtEnd(text.slice(start));
}
