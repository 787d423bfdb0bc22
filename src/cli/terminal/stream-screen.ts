import type { Screen, ScreenSize } from './screen.ts';
import type { Style } from './style.ts';

/** The parts of `process.stdout` that a screen uses. */
export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  write(text: string, done: (error?: Error | null) => void): boolean;
  on(event: 'error' | 'resize', listener: (error: NodeJS.ErrnoException) => void): unknown;
  off(event: 'error' | 'resize', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/** How a stream becomes a screen. */
export interface StreamScreenOptions {
  readonly style: Style;
  /** False where nothing may move even on a terminal. */
  readonly mayRedraw: boolean;
  /** Told once when nothing more can be written: `EPIPE` when the reader has gone, `ENOSPC`, ... */
  readonly onBroken: (code: string) => void;
}

const NO_TERMINAL: ScreenSize = { columns: 80, rows: 24 };

/** Makes a screen of a stream. After the first error of the stream nothing is written to it any more. */
export function createStreamScreen(stream: OutputStream, options: StreamScreenOptions): Screen {
  let broken = false;
  let pending = 0;
  let waiting: (() => void)[] = [];
  const settle = () => {
    for (const resolve of waiting.splice(0)) resolve();
    waiting = [];
  };
  stream.on('error', (error) => {
    if (!broken) options.onBroken(error.code ?? 'unknown error');
    broken = true;
    settle();
  });
  const isTerminal = stream.isTTY === true;
  return {
    isTerminal,
    canRedraw: isTerminal && options.mayRedraw,
    isClosed: false,
    style: options.style,
    size: () => ({
      columns: stream.columns || NO_TERMINAL.columns,
      rows: stream.rows || NO_TERMINAL.rows,
    }),
    write(text) {
      if (broken || text === '') return;
      pending++;
      stream.write(text, () => {
        pending--;
        if (pending === 0) settle();
      });
    },
    flush: () =>
      broken || pending === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push(resolve);
          }),
    onResize(listener) {
      stream.on('resize', listener);
      return () => stream.off('resize', listener);
    },
  };
}
