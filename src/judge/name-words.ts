/** A run of letters of one script, or of digits; an ideograph is a word of its own. */
export interface NameWord {
  readonly start: number;
  readonly end: number;
  /** Without case, accents, width and what is invisible. */
  readonly folded: string;
  readonly kind: 'number' | 'latin' | 'ideograph' | 'letters';
}

/**
 * Letters may have marks and invisible characters on and between them, which are not what a name is known by. No name is
 * as long as the bound; a run without one, as of an answer that repeats a letter without end, would exhaust the stack.
 */
const WORDS =
  /(\p{N}{1,500})|(\p{Script=Latin}[\p{Script=Latin}\p{M}\p{Cf}]{0,500})|([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])|[\p{L}--[\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]][[\p{L}--[\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]]\p{M}\p{Cf}]{0,500}/gv;
const ASCII = /^[\x20-\x7e]*$/;

/** The words of a text, in their order. */
export function nameWordsOf(text: string): NameWord[] {
  return [...text.matchAll(WORDS)].map((found) => {
    const [word, number, latin, ideograph] = found;
    const kind = number ? 'number' : latin ? 'latin' : ideograph ? 'ideograph' : 'letters';
    const folded = ASCII.test(word) ? word.toLowerCase() : foldedWord(word);
    return { start: found.index, end: found.index + word.length, folded, kind };
  });
}

function foldedWord(word: string): string {
  const lowered = word.normalize('NFKD').toLowerCase();
  return lowered.normalize('NFKD').replace(/[\p{M}\p{Cf}]/gu, '');
}

/** Tells whether two words that follow one another are parts of one: nothing is between them, and neither ends at the other's script. */
export function areGlued(one: NameWord | undefined, next: NameWord | undefined): boolean {
  if (one === undefined || next === undefined || one.end !== next.start) return false;
  if (one.kind === 'number' || next.kind === 'number') {
    return one.kind !== 'ideograph' && next.kind !== 'ideograph';
  }
  return one.kind === next.kind && one.kind !== 'ideograph';
}

/** What stands between a word and the next one, or enough of it to tell that it is more than a joint. */
export function textBetween(
  text: string,
  one: NameWord | undefined,
  next: NameWord | undefined,
): string {
  if (one === undefined || next === undefined) return '\n\n';
  return text.slice(one.end, Math.min(next.start, one.end + 4));
}
