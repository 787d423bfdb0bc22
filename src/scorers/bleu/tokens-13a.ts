import { splitWords, withoutSpaceAtEnd } from '../../core/python-space.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
};
/** ASCII punctuation but for `' , - .`, which numbers and words may hold. */
const SIGN = /[!-&(-+/:-@[-`{-~]/g;

/**
 * Cuts a text into tokens as NIST's mteval-v13a does, which is how published BLEU scores are made: signs stand
 * alone, full stops and commas unless digits are on both sides of them, hyphens behind digits.
 */
export function tokens13a(text: string): string[] {
  let line = withoutSpaceAtEnd(text)
    .replaceAll('<skipped>', '')
    .replaceAll('-\n', '')
    .replaceAll('\n', ' ');
  for (const [entity, sign] of Object.entries(ENTITIES)) {
    if (line.includes('&')) line = line.replaceAll(entity, sign);
  }
  const spaced = ` ${line} `
    .replace(SIGN, ' $& ')
    .replace(/([^0-9])([.,])/g, '$1 $2 ')
    .replace(/([.,])([^0-9])/g, ' $1 $2')
    .replace(/([0-9])-/g, '$1 - ');
  return splitWords(spaced);
}
