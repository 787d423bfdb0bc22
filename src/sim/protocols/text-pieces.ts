/** Tokens of a text as the simulation counts them: a quarter of its characters, rounded up. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

/** Splits a text into the pieces in which it is streamed: words with the space before them. */
export function textPieces(text: string): string[] {
  if (text.trim() === '') return text === '' ? [] : [text];
  return text.match(/\s*\S+(?:\s+$)?/g) ?? [];
}
