/** Cuts a text behind its last character that ends within so many bytes of UTF-8; none is cut in half. */
export function withinBytes(text: string, mostBytes: number): string {
  let bytes = 0;
  let cut = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > mostBytes) break;
    cut += character;
  }
  return cut;
}
