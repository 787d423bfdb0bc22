import type { Style } from './style.ts';

/** A place to write to: a terminal, a pipe or a file. */
export interface Screen {
  /** True when a person reads it on a terminal. */
  readonly isTerminal: boolean;
  /** True when the cursor may move: a terminal that is not dumb, and no continuous integration. */
  readonly canRedraw: boolean;
  /** True when nobody can read it: it was closed when the process began. */
  readonly isClosed: boolean;
  readonly style: Style;
  /** Width and height in cells; 80 x 24 where there is no terminal. */
  size(): ScreenSize;
  /** Writes text as it is; it must be clean already. */
  write(text: string): void;
  /** Resolves when all that was written is out. */
  flush(): Promise<void>;
  /** Calls `listener` whenever the size changes; returns a function that ends it. */
  onResize(listener: () => void): () => void;
}

/** Width and height in cells. */
export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}
