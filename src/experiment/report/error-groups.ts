import { cutText } from './cut-text.ts';
import type { RowError } from './row-figures.ts';
import type { ErrorGroup } from './run-report.ts';

interface Group {
  rows: number;
  readonly first: Omit<ErrorGroup, 'rows' | 'lines'>;
  readonly lines: number[];
}

const MOST_GROUPS = 200;
const MOST_LINES = 5;
const MOST_CHARACTERS = 600;

/** What differs between errors of one kind: numbers, ids, and what is quoted. */
const PARTICULARS = /"[^"]*"|\b(?=[a-z_-]*\d)[\w-]+/gi;

/** Groups errors by model, code and what they say, apart from numbers, ids and quotations. */
export class ErrorGroups {
  readonly #groups = new Map<string, Group>();
  #others = 0;

  add(model: string, { code, message, hint }: RowError, line: number): void {
    const said = cutText(message, MOST_CHARACTERS);
    const key = JSON.stringify([model, code, said.replace(PARTICULARS, '#')]);
    let group = this.#groups.get(key);
    if (group === undefined) {
      if (this.#groups.size >= MOST_GROUPS) {
        this.#others++;
        return;
      }
      const told = hint === null ? null : cutText(hint, MOST_CHARACTERS);
      group = { rows: 0, first: { code, model, message: said, hint: told }, lines: [] };
      this.#groups.set(key, group);
    }
    group.rows++;
    if (group.lines.length < MOST_LINES) group.lines.push(line);
  }

  /** Errors of kinds that came when there were 200 already. */
  get others(): number {
    return this.#others;
  }

  /** The most frequent first. */
  groups(): ErrorGroup[] {
    return [...this.#groups.values()]
      .sort((a, b) => b.rows - a.rows)
      .map(({ first, rows, lines }) => ({ ...first, rows, lines }));
  }
}
