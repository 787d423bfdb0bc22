import type { Parsed } from '../option.ts';

/** Makes a reader of some of a few words, separated by commas. */
export function wordList<Word extends string>(
  words: readonly Word[],
): (text: string) => Parsed<readonly Word[]> {
  return (text) => {
    const given = text.split(',').map((word) => word.trim());
    const known = given.flatMap((word) => words.find((one) => one === word) ?? []);
    return known.length === given.length
      ? { value: known }
      : { problem: `must be some of ${words.join(', ')}, separated by commas` };
  };
}
