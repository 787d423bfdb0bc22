import { plainLine } from './plain-text.ts';

/** Writes a text as one word of a POSIX shell, on one line. @param mostCharacters beyond which it is cut */
export function shellWord(text: string, mostCharacters = 500): string {
  const word = plainLine(text, mostCharacters);
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
