import type { Parsed } from '../option.ts';

/** Makes a reader of one of a few words. */
export function oneOf<Word extends string>(words: readonly Word[]): (text: string) => Parsed<Word> {
  const list = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  return (text) => {
    const value = words.find((word) => word === text);
    return value === undefined ? { problem: `must be ${list}` } : { value };
  };
}
