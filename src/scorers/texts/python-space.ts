/** What Python takes for white space, which is not quite what JavaScript does. */
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const SPACES = new RegExp(SPACE.source, 'g');
const SPACE_AT_END = new RegExp(`${SPACE.source}$`);

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
  return text.replace(SPACE_AT_END, '');
}
