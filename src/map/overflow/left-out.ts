const LOW = /[\udc00-\udfff]/;
const HIGH = /[\ud800-\udbff]/;

/** Cuts a text in its middle to so many characters; what stands there says how many are left out. */
export function cutInMiddle(text: string, keptChars: number): string {
  if (keptChars >= text.length) return text;
  const head = wholeCharacters(text, Math.ceil(keptChars / 2));
  const tail = wholeCharacters(text, text.length - Math.floor(keptChars / 2));
  let leftOut = 0;
  for (const _ of text.slice(head, tail)) leftOut++;
  return text.slice(0, head) + leftOutMark(leftOut) + text.slice(tail);
}

/** What stands in the place of so many characters. */
export function leftOutMark(characters: number): string {
  return `[… ${characters.toLocaleString('en-US')} characters left out …]`;
}

/** A place that is not between the halves of a character: the same one, or the one before it. */
function wholeCharacters(text: string, place: number): number {
  const isWithin = LOW.test(text[place] ?? '') && HIGH.test(text[place - 1] ?? '');
  return isWithin ? place - 1 : place;
}
