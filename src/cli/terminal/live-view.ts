import { stripVTControlCharacters } from 'node:util';
import type { Clock } from '../../core/clock.ts';
import { displayWidth, fitLine } from './display-width.ts';
import type { Screen, ScreenSize } from './screen.ts';

const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';
const ERASE_LINE_END = '\x1b[K';
const ERASE_BELOW = '\x1b[J';
/** The shortest time between two frames: at most ten a second. */
const FRAME_MS = 100;

const openViews = new Set<LiveView>();

/** Closes every view that is still open: the last thing a process does, however it ends. */
export function closeLiveViews(): void {
  for (const view of openViews) view.close({ keep: true });
}

/** Shows the cursor below every open view, as for a process that is about to be stopped. */
export function showCursors(): void {
  for (const view of openViews) view.leaveCursor();
}

/** Hides it again and draws every open view anew. */
export function hideCursors(): void {
  for (const view of openViews) view.takeCursor();
}

/** What a live view is made of. */
export interface LiveViewOptions {
  readonly screen: Screen;
  readonly clock: Clock;
  /** Gives the lines of the next frame; they may be styled, and must be clean otherwise. */
  readonly render: (size: ScreenSize) => readonly string[];
  /** True redraws by itself ten times a second, for a view that counts time. */
  readonly ticking?: boolean;
}

/**
 * A part of the terminal that is drawn again and again in the same place. A frame is one write, is cut
 * to the size of the terminal, and hides the cursor until the view is closed.
 */
export class LiveView {
  readonly #options: LiveViewOptions;
  readonly #endResize: () => void;
  #shown: readonly string[] = [];
  #lastFrameMs = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | undefined;
  #open = true;

  constructor(options: LiveViewOptions) {
    this.#options = options;
    openViews.add(this);
    options.screen.write(HIDE_CURSOR);
    this.#endResize = options.screen.onResize(() => this.update());
    this.#draw();
  }

  /** Asks for a new frame; it is drawn as soon as the last one is a tenth of a second old. */
  update(): void {
    if (!this.#open || this.#cancelTimer) return;
    const { clock } = this.#options;
    const dueMs = this.#lastFrameMs + FRAME_MS;
    this.#cancelTimer = clock.after(dueMs - clock.monotonicMs(), () => this.#draw());
  }

  /** Writes lasting text above the view. */
  printAbove(text: string): void {
    const frame = this.#shown;
    this.#options.screen.write(`${this.#eraseCodes()}${text}${frameText(frame)}\r`);
  }

  /** Ends the view: what it showed is erased, or stays when `keep` is set, and the cursor is shown. */
  close({ keep = false } = {}): void {
    if (!this.#open) return;
    this.#open = false;
    if (keep) this.#draw();
    openViews.delete(this);
    this.#cancelTimer?.();
    this.#endResize();
    const end = keep && this.#shown.length > 0 ? '\n' : this.#eraseCodes();
    this.#options.screen.write(end + SHOW_CURSOR);
    this.#shown = [];
  }

  /** Leaves what is shown where it is, with the cursor below it. */
  leaveCursor(): void {
    this.#options.screen.write(`${this.#shown.length > 0 ? '\n' : ''}${SHOW_CURSOR}`);
    this.#shown = [];
  }

  /** Goes on below what others have written meanwhile. */
  takeCursor(): void {
    this.#options.screen.write(HIDE_CURSOR);
    this.#shown = [];
    this.#draw();
  }

  #draw(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const { clock, screen, render, ticking } = this.#options;
    const size = screen.size();
    const lines = clip(render(size), size);
    const codes = this.#eraseCodes(false);
    // At the left, the `^C` that a terminal echoes does not run into a new row.
    screen.write(`${codes}${frameText(lines)}${ERASE_BELOW}\r`);
    this.#shown = lines;
    this.#lastFrameMs = clock.monotonicMs();
    if (ticking) this.update();
  }

  /** Codes that lead to the start of the frame that is shown, and erase it. */
  #eraseCodes(erase = true): string {
    const { columns } = this.#options.screen.size();
    // A terminal that became narrower has broken long lines into several rows.
    const rows = this.#shown
      .slice(0, -1)
      .reduce((sum, line) => sum + Math.max(1, Math.ceil(displayWidth(line) / columns)), 0);
    const up = rows > 0 ? `\x1b[${rows}A` : '';
    return `\r${up}${erase ? ERASE_BELOW : ''}`;
  }
}

function frameText(lines: readonly string[]): string {
  return lines.map((line) => line + ERASE_LINE_END).join('\n');
}

/** Cuts a frame so that no line wraps and nothing scrolls away. */
function clip(lines: readonly string[], { columns, rows }: ScreenSize): readonly string[] {
  const most = Math.max(1, rows - 1);
  const kept = lines.length <= most ? lines : [...lines.slice(0, most - 1), lines.at(-1) as string];
  return kept.map((line) =>
    displayWidth(line) < columns ? line : fitLine(stripVTControlCharacters(line), columns - 1),
  );
}
