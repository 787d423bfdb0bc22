import type { Screen, ScreenSize } from '../../src/cli/terminal/screen.ts';
import { createStyle } from '../../src/cli/terminal/style.ts';

/** What kind of place a fake screen is. */
export interface FakeScreenOptions {
  /** Default false: a pipe. */
  readonly isTerminal?: boolean;
  readonly canRedraw?: boolean;
  readonly isClosed?: boolean;
  readonly colour?: boolean;
  readonly size?: ScreenSize;
}

/** A screen that keeps every write. */
export class FakeScreen implements Screen {
  readonly isTerminal: boolean;
  readonly canRedraw: boolean;
  readonly isClosed: boolean;
  readonly style: Screen['style'];
  readonly writes: string[] = [];
  #size: ScreenSize;
  readonly #listeners = new Set<() => void>();

  constructor(options: FakeScreenOptions = {}) {
    this.isTerminal = options.isTerminal ?? false;
    this.canRedraw = options.canRedraw ?? this.isTerminal;
    this.isClosed = options.isClosed ?? false;
    this.style = createStyle(options.colour ?? false);
    this.#size = options.size ?? { columns: 80, rows: 24 };
  }

  /** Everything that was written. */
  get text(): string {
    return this.writes.join('');
  }

  size(): ScreenSize {
    return this.#size;
  }

  write(text: string): void {
    if (text !== '') this.writes.push(text);
  }

  async flush(): Promise<void> {}

  onResize(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  resize(size: ScreenSize): void {
    this.#size = size;
    for (const listener of this.#listeners) listener();
  }

  /** What a reader sees: the rows of the terminal, those that scrolled away first. */
  get rows(): string[] {
    return playBack(this.text).rows;
  }

  get cursorHidden(): boolean {
    return playBack(this.text).hidden;
  }
}

/** Plays back text with the few escape codes that are used here; long lines do not wrap. */
export function playBack(text: string): { rows: string[]; hidden: boolean } {
  const rows: string[] = [''];
  let row = 0;
  let column = 0;
  let hidden = false;
  for (const [part] of text.matchAll(/\x1b\[(\??\d*)([A-Za-z])|[^\x1b]/gu)) {
    const [, argument = '', code] = /^\x1b\[(\??\d*)([A-Za-z])$/.exec(part) ?? [];
    if (part === '\n') {
      row++;
      column = 0;
      rows[row] ??= '';
    } else if (part === '\r') column = 0;
    else if (code === undefined) {
      const line = (rows[row] ?? '').padEnd(column);
      rows[row] = line.slice(0, column) + part + line.slice(column + part.length);
      column += part.length;
    } else if (code === 'A') row = Math.max(0, row - Number(argument));
    else if (code === 'K') rows[row] = (rows[row] ?? '').slice(0, column);
    else if (code === 'J') {
      rows[row] = (rows[row] ?? '').slice(0, column);
      rows.length = row + 1;
    } else if (argument === '?25') hidden = code === 'l';
    else if (code !== 'm') throw new Error(`unknown escape code ${JSON.stringify(part)}`);
  }
  return { rows, hidden };
}
