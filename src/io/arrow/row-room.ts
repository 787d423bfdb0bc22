import { ArrowProblem } from './arrow-problem.ts';

/** The longest row, in characters, as the longest line of a table. */
const LONGEST_ROW = 64 * 1024 * 1024;

/** What is known of a row while it is written. */
export class RowRoom {
  #length = 0;
  /** What is wrong with a value of it, as the end of a sentence. */
  problem: string | null = null;
  /** Names the column that is written. */
  column = '';

  /** Begins the next row. */
  begin(): void {
    this.#length = 0;
    this.problem = null;
  }

  /** Characters of the row so far. */
  get length(): number {
    return this.#length;
  }

  /** Counts what is written, so that few bytes cannot become any number of characters. @throws ArrowProblem */
  spend(characters: number): void {
    this.#length += characters;
    if (this.#length > LONGEST_ROW) throw new ArrowProblem('has a row of more than 64 MB');
  }

  /** Notes what is wrong with a value, as the end of a sentence. */
  tell(problem: string): void {
    this.problem ??= `has a value in the column ${this.column} that ${problem}`;
  }
}
