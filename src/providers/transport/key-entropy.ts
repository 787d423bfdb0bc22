/** What nobody guesses. A key of less protects nothing, and honest texts hold such words. */
const SECRET_BITS = 64;

const BITS_OF_A_WORD = 5;
const BITS_OF_A_MARK = 1;
/** A character that follows from those before it: `000`, `123`, or four that stood there already. */
const BITS_OF_A_REPEAT = 0.5;
const MAX_WORD = 16;
/** A longer key is judged by its beginning. */
const LOOKED_AT = 256;

/** Letters and digits between other marks. */
const TOKEN = /[A-Za-z\d]+/g;
/** A token that may be words: `noKey`, `REQUIRED`, `test123`. */
const LETTERS_FIRST = /^([A-Za-z]+)(\d*)$/;
const CAMEL_WORD = /[A-Z]?[a-z]+|[A-Z]+/g;
/** What is no word by its letters. */
const SHORT_WORDS =
  /^(a|an|as|by|do|if|in|is|it|me|my|no|of|on|or|to|we|sk|pk|ak|id|ai|key|api|url|www|https?|llm|xxx+)$/;

/**
 * Estimates how many bits of chance are in a text that is used as a key: each character counts as one of those of its
 * kinds, but words of a language, repeats and rows count for little. So `not-needed-for-development` is told from a key
 * of the same length.
 */
export function estimatedBits(key: string): number {
  const start = key.slice(0, LOOKED_AT);
  let words = 0;
  const others = start.replace(TOKEN, (token) => {
    const [, letters = '', digits = ''] = LETTERS_FIRST.exec(token) ?? [];
    const found = letters.match(CAMEL_WORD) ?? [];
    if (found.length === 0 || !found.every(isLikeAWord)) return token;
    words += found.length;
    return digits;
  });
  return words * BITS_OF_A_WORD + bitsOfChance(others);
}

/** Tells whether a text that is used as a key is one that has to be kept secret: of 64 bits or more. */
export function isLikelySecret(key: string): boolean {
  return estimatedBits(key) >= SECRET_BITS;
}

/** Letters that can be spoken: vowels among them, and no long row without one. */
function isLikeAWord(letters: string): boolean {
  const word = letters.toLowerCase();
  if (SHORT_WORDS.test(word)) return true;
  if (word.length < 3 || word.length > MAX_WORD) return false;
  const vowels = word.replace(/[^aeiouy]/g, '').length;
  return vowels * 5 >= word.length && !/[^aeiouy]{5}|[aeiouy]{4}|[jqvxz]{2}|q[^u]/.test(word);
}

function bitsOfChance(text: string): number {
  const bitsOfACharacter = Math.log2(alphabetSize(text));
  let bits = 0;
  for (let at = 0; at < text.length; at++) {
    if (isRepeat(text, at)) bits += BITS_OF_A_REPEAT;
    else bits += /[A-Za-z\d]/.test(text[at]!) ? bitsOfACharacter : BITS_OF_A_MARK;
  }
  return bits;
}

function alphabetSize(text: string): number {
  const characters = text.replace(/[^A-Za-z\d]/g, '');
  if (/^\d*$/.test(characters)) return 10;
  if (/^([\da-f]*|[\dA-F]*)$/.test(characters)) return 16;
  const sizes = [/[a-z]/, /[A-Z]/, /\d/].map((kind, at) =>
    kind.test(characters) ? [26, 26, 10][at]! : 0,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Goes on as the two before it do, or ends four characters that stood there before. */
function isRepeat(text: string, at: number): boolean {
  if (at < 2) return false;
  const step = text.charCodeAt(at) - text.charCodeAt(at - 1);
  const stepBefore = text.charCodeAt(at - 1) - text.charCodeAt(at - 2);
  if (Math.abs(step) <= 1 && step === stepBefore) return true;
  return at >= 4 && text.lastIndexOf(text.slice(at - 3, at + 1), at - 4) >= 0;
}
