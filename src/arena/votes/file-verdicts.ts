import type { Cells } from '../../io/delimited/index.ts';
import { ByteInterner } from '../../io/delimited/index.ts';
import { VERDICT_CODES } from '../../ranking/index.ts';
import { type ChosenVerdict, chooseVerdict, type WinnerIs } from './choose-verdict.ts';
import { type FileNames, NO_NAME } from './file-names.ts';
import { shownValue } from './invalid-values.ts';
import { readVerdict, type VerdictReading } from './verdict-words.ts';

/** A file with a million different wrong verdicts must not fill the memory with them. */
const MAX_WORDS = 10_000;

interface Word {
  readonly text: string;
  readonly reading: VerdictReading | undefined;
  /** Number of the name that the word is, or `NO_NAME`. */
  name: number;
  /** Names among which it was looked for. */
  searched: number;
  /** What it means for a row in which neither item has this name. */
  readonly alone: ChosenVerdict | string;
}

/** The verdicts of one file, each different spelling understood once. */
export class FileVerdicts {
  readonly #names: FileNames;
  readonly #winnerIs: WinnerIs | undefined;
  readonly #cells = new ByteInterner();
  readonly #words: Word[] = [];
  readonly #text: (cells: Cells, at: number) => string | null;

  constructor(
    names: FileNames,
    winnerIs: WinnerIs | undefined,
    text: (cells: Cells, at: number) => string | null,
  ) {
    this.#names = names;
    this.#winnerIs = winnerIs;
    this.#text = text;
  }

  /** The verdict of a row whose items have the names of these numbers, or what is wrong with it. */
  verdictOf(cells: Cells, at: number, left: number, right: number): ChosenVerdict | string {
    const word = this.#wordIn(cells, at);
    if (word.name === NO_NAME && word.searched < this.#names.count) {
      word.searched = this.#names.count;
      word.name = this.#names.find(word.text);
    }
    if (word.name === NO_NAME || (word.name !== left && word.name !== right)) return word.alone;
    const named = word.name === left ? VERDICT_CODES.left : VERDICT_CODES.right;
    return chooseVerdict(word.reading, named, this.#winnerIs, shownValue(word.text));
  }

  #wordIn(cells: Cells, at: number): Word {
    const before = this.#cells.count;
    if (before > MAX_WORDS) return this.#newWord(this.#text(cells, at));
    const [start, end] = [cells.start[at]!, cells.end[at]!];
    const number = this.#cells.intern(cells.bytes, start, end, cells.hash[at]!);
    if (number === before) this.#words.push(this.#newWord(this.#text(cells, at)));
    return this.#words[number]!;
  }

  #newWord(text: string | null): Word {
    const reading = text === null ? undefined : readVerdict(text);
    const shown = shownValue(text ?? 'bytes that are not UTF-8');
    const alone = chooseVerdict(reading, undefined, this.#winnerIs, shown);
    return { text: text ?? '', reading, name: NO_NAME, searched: 0, alone };
  }
}
