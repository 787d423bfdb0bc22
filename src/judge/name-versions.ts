import { areGlued, type NameWord, textBetween } from './name-words.ts';

const HYPHEN = /^[\p{Pd}_]$/u;
const HYPHEN_OR_SPACE = /^(?:[\p{Pd}_ ])?$/u;
const MAX_EDITIONS = 3;

/** What belongs to the version before it. */
const EDITIONS = new Set(
  ['sonnet', 'opus', 'haiku', 'flash', 'pro', 'ultra', 'nano', 'mini', 'turbo', 'lite'].concat([
    'instruct',
    'preview',
  ]),
);

/** Finds the versions that hang on names, each word of the text looked at a few times at most. */
export class NameVersions {
  readonly #text: string;
  readonly #words: readonly NameWord[];
  /** The last words that were found to hang together, and where their last version ends; -1 without one. */
  #run = { from: 0, to: -1, versionEnd: -1 };

  constructor(text: string, words: readonly NameWord[]) {
    this.#text = text;
    this.#words = words;
  }

  /** The last word of the version behind a name; the last word of the name where there is none. */
  behind(name: number): number {
    let end = Math.max(name, this.#versionEndBehind(name));
    const number = end + 1;
    if (this.#words[number]?.kind === 'number' && this.#between(end) === ' ') {
      let last = number;
      while (this.#words[last + 1]?.kind === 'number' && this.#between(last) === '.') last++;
      // A whole number alone may count something.
      if (last > number || this.#isEdition(last + 1)) end = last;
    }
    if (end === name && this.#words[name]!.kind !== 'number') return name;
    for (let more = 0; more < MAX_EDITIONS && this.#isEdition(end + 1); more++) end++;
    return end;
  }

  /** Words with hyphens, or nothing, between them; such a run is gone through once, however many names are in it. */
  #versionEndBehind(name: number): number {
    if (name < this.#run.from || name > this.#run.to) {
      let to = name;
      let versionEnd = -1;
      for (; this.#hangs(to); to++) {
        const [one, next] = [this.#words[to], this.#words[to + 1]];
        const isVersion = next?.kind === 'number' || (versionEnd === to && areGlued(one, next));
        if (isVersion) versionEnd = to + 1;
      }
      this.#run = { from: name, to, versionEnd };
    }
    return this.#run.versionEnd;
  }

  #hangs(word: number): boolean {
    const [one, next] = [this.#words[word], this.#words[word + 1]];
    const between = this.#between(word);
    if (areGlued(one, next) || HYPHEN.test(between)) return true;
    return between === '.' && one?.kind === 'number' && next?.kind === 'number';
  }

  #isEdition(word: number): boolean {
    if (!EDITIONS.has(this.#words[word]?.folded ?? '')) return false;
    return HYPHEN_OR_SPACE.test(this.#between(word - 1));
  }

  #between(word: number): string {
    return textBetween(this.#text, this.#words[word], this.#words[word + 1]);
  }
}
