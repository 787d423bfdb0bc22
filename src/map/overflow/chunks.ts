/**
 * Divides a text into pieces of at most so many characters (code points), of which each begins with the last characters of
 * the one before it.
 *
 * @param chunkChars at least 1
 * @param overlapChars less than `chunkChars`; 0 for none
 */
export function chunksOf(text: string, chunkChars: number, overlapChars: number): string[] {
  const chunks: string[] = [];
  for (let start = 0; ; ) {
    const end = behind(text, start, chunkChars);
    chunks.push(text.slice(start, end));
    if (end === text.length) return chunks;
    start = behind(text, start, chunkChars - overlapChars);
  }
}

/** The place so many characters behind another one; the end of the text where it has less. */
function behind(text: string, start: number, characters: number): number {
  let place = start;
  for (let left = characters; left > 0 && place < text.length; left--) {
    place += text.codePointAt(place)! > 0xffff ? 2 : 1;
  }
  return place;
}
