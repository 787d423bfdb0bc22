import { mention } from '../../core/option-mention.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';

const MAX_EXAMPLES = 20;

/** A value that was not understood, and where it stands. */
export interface InvalidValue {
  readonly file: string;
  /** Number of the line, counted from 1. */
  readonly line: number;
  /** What is wrong, with the value. */
  readonly problem: string;
}

/** Values that were not understood: how many, and the first of them. */
export interface InvalidReport {
  readonly count: number;
  /** The first 20. */
  readonly examples: readonly InvalidValue[];
}

/** Counts the values that are not understood and keeps the first of them with their lines. */
export class InvalidValues {
  readonly #examples: InvalidValue[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(file: string, line: number, problem: string): void {
    this.#count += 1;
    if (this.#examples.length < MAX_EXAMPLES) this.#examples.push({ file, line, problem });
  }

  report(): InvalidReport {
    return { count: this.#count, examples: this.#examples };
  }

  /** @throws TuttiError `bad_input` that shows the first five, when there are any. */
  stopIfAny(): void {
    if (this.#count === 0) return;
    const shown = this.#examples.slice(0, 5);
    const lines = shown.map(({ file, line, problem }) => `${file}, line ${line}: ${problem}`);
    const more = this.#count > shown.length ? `\n… and ${this.#count - shown.length} more` : '';
    const rows = this.#count === 1 ? '1 row is' : `${this.#count} rows are`;
    throw new TuttiError('bad_input', `${rows} not understood:\n${lines.join('\n')}${more}`, {
      hint: `Correct them, or leave them out with ${mention('skipInvalid', true)}.`,
    });
  }
}

/** A value as it may be shown in a message: one line, at most 60 characters. */
export function shownValue(value: unknown): string {
  // The start is enough, and a line may be ten megabytes long.
  const text = typeof value === 'string' ? value : jsonOf(value);
  return `"${plainLine(text.slice(0, 240), 60)}"`;
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return 'a deeply nested value';
  }
}
