/**
 * The beginning of a text, which never ends in half a character. It is a copy: a part of a string keeps the whole of it in
 * memory.
 *
 * @param most characters, as JavaScript counts them
 */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = IN_CHARACTER.test(text.slice(most - 1, most + 1)) ? most - 1 : most;
  return Buffer.from(text.slice(0, end), 'utf16le').toString('utf16le');
}

const IN_CHARACTER = /^[\ud800-\udbff][\udc00-\udfff]$/;
