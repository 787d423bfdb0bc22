import type { Random } from '../../core/clock.ts';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const LETTERS = LOWER + LOWER.toUpperCase() + DIGITS;
/** Printable letters of ASCII, for what is anything but. */
const PRINTABLE = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join('');
const ESCAPES: Readonly<Record<string, string>> = {
  d: DIGITS,
  w: LETTERS,
  s: ' ',
  D: LOWER,
  W: '-',
  S: LOWER,
  n: '\n',
  t: '\t',
  b: '',
};
const MOST_REPEATS = 3;
const MOST_LENGTH = 10_000;
const DEEPEST = 50;
/** Parts that are written, those of a group anew each time it comes; of more the text may be none. */
const MOST_ATOMS = 100_000;

/**
 * Makes a text that a regular expression matches, as those of schemas are: anchors, classes, groups, alternatives and
 * numbers of times. Of what it does not know (looking around, references) the text may not be one.
 */
export function textOfPattern(pattern: string, random: Random): string {
  return new PatternReader(pattern, random).alternatives(0).slice(0, MOST_LENGTH);
}

/** Reads a pattern from left to right and writes one of its texts. */
class PatternReader {
  readonly #pattern: string;
  readonly #random: Random;
  #at = 0;
  #atoms = 0;

  constructor(pattern: string, random: Random) {
    this.#pattern = pattern;
    this.#random = random;
  }

  /** One of several sequences between bars, to the end of the group. */
  alternatives(depth: number): string {
    const texts = [this.#sequence(depth)];
    while (this.#pattern[this.#at] === '|') {
      this.#at++;
      texts.push(this.#sequence(depth));
    }
    return texts[Math.floor(this.#random() * texts.length)] ?? '';
  }

  #sequence(depth: number): string {
    let text = '';
    while (this.#at < this.#pattern.length && !'|)'.includes(this.#pattern[this.#at] ?? '')) {
      const start = this.#at;
      const one = this.#atom(depth);
      const times = this.#times();
      const after = this.#at;
      if (times > 0) text += one;
      for (let time = 1; time < times && this.#hasRoom(text); time++) {
        // Read anew, so that letters of a class differ.
        this.#at = start;
        text += this.#atom(depth);
      }
      this.#at = after;
    }
    return text;
  }

  #hasRoom(text: string): boolean {
    return text.length < MOST_LENGTH && this.#atoms < MOST_ATOMS;
  }

  #atom(depth: number): string {
    this.#atoms++;
    const mark = this.#pattern[this.#at++] ?? '';
    if (mark === '^' || mark === '$') return '';
    if (mark === '.') return this.#oneOf(LOWER);
    if (mark === '[') return this.#oneOf(this.#letterClass());
    if (mark === '\\') return this.#oneOf(this.#escaped());
    if (mark !== '(' || depth > DEEPEST) return mark;
    const opening = /^\?(?::|<[A-Za-z]\w{0,60}>|P<[A-Za-z]\w{0,60}>)/.exec(
      this.#pattern.slice(this.#at, this.#at + 70),
    );
    this.#at += opening?.[0].length ?? 0;
    const text = this.alternatives(depth + 1);
    if (this.#pattern[this.#at] === ')') this.#at++;
    return text;
  }

  /** The letters that `\x` stands for. */
  #escaped(): string {
    const mark = this.#pattern[this.#at++] ?? '';
    return Object.hasOwn(ESCAPES, mark) ? (ESCAPES[mark] ?? '') : mark;
  }

  #letterClass(): string {
    const isOther = this.#pattern[this.#at] === '^';
    if (isOther) this.#at++;
    let letters = '';
    const first = this.#at;
    while (this.#at < this.#pattern.length) {
      const mark = this.#pattern[this.#at++] ?? '';
      if (mark === ']' && this.#at > first + 1) break;
      const from = mark === '\\' ? this.#escaped() : mark;
      const to = this.#pattern[this.#at + 1];
      if (this.#pattern[this.#at] === '-' && to !== undefined && to !== ']' && from.length === 1) {
        this.#at += 2;
        letters += between(from, to === '\\' ? this.#escaped() : to);
      } else letters += from;
    }
    if (!isOther) return letters;
    return [...PRINTABLE].filter((letter) => !letters.includes(letter)).join('');
  }

  /** How often the last one comes. */
  #times(): number {
    const rest = this.#pattern.slice(this.#at, this.#at + 24);
    const [written, sign, least, comma, most] =
      /^(?:([*+?])|\{(\d{1,6})(,)?(\d{1,6})?\})[?+]?/.exec(rest) ?? [];
    if (written === undefined) return 1;
    this.#at += written.length;
    if (sign !== undefined) {
      const from = sign === '+' ? 1 : 0;
      return this.#between(from, sign === '?' ? 1 : from + MOST_REPEATS);
    }
    const from = Number(least);
    if (comma === undefined) return from;
    return this.#between(from, Math.min(Number(most ?? from + MOST_REPEATS), from + MOST_REPEATS));
  }

  #between(from: number, to: number): number {
    return from + Math.floor(this.#random() * (to - from + 1));
  }

  #oneOf(letters: string): string {
    return letters[Math.floor(this.#random() * letters.length)] ?? '';
  }
}

function between(from: string, to: string): string {
  const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)];
  const count = Math.min(Math.max(0, last - first + 1), 256);
  return Array.from({ length: count }, (_, at) => String.fromCharCode(first + at)).join('');
}
