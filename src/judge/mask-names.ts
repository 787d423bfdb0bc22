import { NameVersions } from './name-versions.ts';
import { areGlued, type NameWord, nameWordsOf, textBetween } from './name-words.ts';

/** What stands in the place of a name. */
export const MASK = '[model]';

/** What may stand between the parts of a name: nothing, a mark, one space, or what follows a protocol. */
const JOINT = /^(?:[\s\p{Pd}_./:#@~·]?|:\/\/)$/u;

/** A text without names, and how many there were. */
export interface MaskedText {
  readonly text: string;
  readonly masked: number;
}

/**
 * Puts `[model]` in the place of names: whole words, in any case, the longest first. The parts of a name may be joined as
 * the text likes: `GPT-4`, `gpt 4`, `GPT_4`, `GPT4`; letters may have accents, another width or invisible characters
 * between them. A version that hangs on a name goes with it: `GPT-4o`, `Claude 3.5 Sonnet`. Everything else stays as it is.
 * Takes time in proportion to the text.
 *
 * @param names those of fewer than two letters and digits are passed over
 */
export function maskNames(text: string, names: readonly string[]): MaskedText {
  const known = nameTree(names);
  if (known.next.size === 0) return { text, masked: 0 };
  const words = nameWordsOf(text);
  const versions = new NameVersions(text, words);
  const parts: string[] = [];
  let masked = 0;
  let copiedTo = 0;
  for (let at = 0; at < words.length; at++) {
    const end = nameEnd(text, words, at, known);
    if (end === undefined) continue;
    const last = versions.behind(end);
    parts.push(text.slice(copiedTo, words[at]!.start), MASK);
    copiedTo = words[last]!.end;
    masked++;
    at = last;
  }
  if (masked === 0) return { text, masked };
  parts.push(text.slice(copiedTo));
  return { text: parts.join(''), masked };
}

interface NameTree {
  readonly next: Map<string, NameTree>;
  isName: boolean;
}

function nameTree(names: readonly string[]): NameTree {
  const root: NameTree = { next: new Map(), isName: false };
  for (const name of names) {
    const words = nameWordsOf(name);
    if (words.reduce((sum, { folded }) => sum + folded.length, 0) < 2) continue;
    let node = root;
    for (const { folded } of words) {
      const next: NameTree = node.next.get(folded) ?? { next: new Map(), isName: false };
      node.next.set(folded, next);
      node = next;
    }
    node.isName = true;
  }
  return root;
}

/** The last word of the longest name that begins with a word; undefined where none does. */
function nameEnd(
  text: string,
  words: readonly NameWord[],
  first: number,
  known: NameTree,
): number | undefined {
  if (areGlued(words[first - 1], words[first])) return undefined;
  let node: NameTree | undefined = known;
  let found: number | undefined;
  for (let at = first; at < words.length; at++) {
    const [word, after] = [words[at]!, words[at + 1]];
    if (at > first && !JOINT.test(textBetween(text, words[at - 1], word))) break;
    node = node.next.get(word.folded);
    if (node === undefined) break;
    // A version may be glued to a name, as in GPT4; anything else makes it another word.
    const isWhole = !areGlued(word, after) || (after?.kind === 'number' && word.kind !== 'number');
    if (node.isName && isWhole) found = at;
  }
  return found;
}
