import { join } from 'node:path';
import { plainLine, plainText } from '../../../core/plain-text.ts';
import type { RunOutcome, RunProgress } from '../../../run/index.ts';
import type { ReadyRun, WatchListener, WatchOutcome } from '../../../runtime/index.ts';
import type { CliContext } from '../../context/context.ts';
import { limitHeapGrowth } from '../../context/heap-growth.ts';
import { countOf, countText } from '../../render/figures.ts';
import { RateWindow } from '../../render/rate-window.ts';
import { renderRunEnd } from '../../render/run-end.ts';
import { renderRunProgressLine } from '../../render/run-progress.ts';
import { renderRunStart } from '../../render/run-start.ts';
import { tableWidth } from '../../render/text-table.ts';
import { INTERRUPTED_NOTE } from '../../terminal/interrupts.ts';
import { LiveView } from '../../terminal/live-view.ts';

/** How a watch is shown. */
export interface WatchViewOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly folder: string;
  /** Aborted once it was interrupted. */
  readonly drain: AbortSignal;
}

/** Where nothing can be redrawn, a line for each run comes this often. */
const LINE_MS = 10_000;

interface ShownRun {
  readonly progress: () => RunProgress;
  readonly rates: RateWindow;
  readonly startMs: number;
}

/** Tells on standard error what a watch does: a lasting text for each event, a line for each run that is under way. */
export class WatchView {
  readonly #context: CliContext;
  readonly #options: WatchViewOptions;
  readonly #running = new Map<ReadyRun, ShownRun>();
  #live: LiveView | undefined;
  #cancelLines: (() => void) | undefined;
  #endHeapLimit: (() => void) | undefined;

  constructor(context: CliContext, options: WatchViewOptions) {
    this.#context = context;
    this.#options = options;
    options.drain.addEventListener('abort', this.#onDrain, { once: true });
  }

  readonly listener: WatchListener = {
    onStart: (unfinished) => {
      const goesOn = unfinished === 0 ? '' : `, goes on with ${countOf(unfinished, 'run')}`;
      const input = join(this.#options.folder, 'input');
      this.#tell(`watches ${plainLine(input, 1000)}${goesOn}; Ctrl-C ends it\n`);
    },
    onRunStart: (run) => this.#tell(`\n${renderRunStart(run)}`),
    onProgress: (run, progress) => {
      this.#endHeapLimit ??= limitHeapGrowth();
      const startMs = this.#context.clock.monotonicMs();
      this.#running.set(run, { progress, rates: new RateWindow(), startMs });
      this.#show();
    },
    onRunEnd: (run, outcome, elapsedMs) => this.#endRun(run, outcome, elapsedMs),
    onLeft: (folder, { message, hint }) => {
      for (const run of this.#running.keys()) if (run.folder === folder) this.#remove(run);
      const text = hint === undefined ? message : `${message}\n  ${hint}`;
      this.#tell(`${plainLine(folder, 1000)} is left as it is: ${plainText(text)}\n`);
      this.#json({ folder, state: 'left', error: message });
    },
    onRefused: (file, { message }, movedTo) => {
      const [first = '', ...more] = plainText(message).split('\n');
      const rest = more.length === 0 ? '' : ` (${countText(more.length)} more lines)`;
      const where = plainLine(movedTo, 1000);
      this.#tell(
        `${plainLine(file, 1000)} cannot be run: ${first}${rest}\n  moved to ${where}; why: ${where}.error.txt\n`,
      );
      this.#json({ file, state: 'refused', movedTo, error: message });
    },
  };

  /** Tells how it ended. */
  end({ runs, imperfect, refused, left }: WatchOutcome): void {
    const parts = [
      countOf(runs, 'run'),
      ...(imperfect > 0 ? [`${countText(imperfect)} with failures or not finished`] : []),
      ...(left > 0 ? [`${countOf(left, 'run')} left`] : []),
      ...(refused > 0 ? [`${countOf(refused, 'file')} refused`] : []),
    ];
    this.#tell(`\n${parts.join(', ')}\n`);
  }

  /** Ends what is redrawn. */
  close(): void {
    this.#options.drain.removeEventListener('abort', this.#onDrain);
    this.#rest();
  }

  readonly #onDrain = (): void => {
    if (this.#running.size > 0) this.#tell(`${INTERRUPTED_NOTE}\n`);
  };

  #endRun(run: ReadyRun, outcome: RunOutcome, elapsedMs: number): void {
    this.#remove(run);
    const width = tableWidth(this.#context.stderr);
    this.#tell(renderRunEnd(outcome, { run, elapsedMs, width, resumable: true }));
    this.#json({ folder: run.folder, ...outcome });
  }

  /** Nothing is redrawn, and no timer runs, while nothing happens. */
  #remove(run: ReadyRun): void {
    this.#running.delete(run);
    if (this.#running.size === 0) this.#rest();
  }

  #rest(): void {
    this.#live?.close();
    this.#live = undefined;
    this.#cancelLines?.();
    this.#cancelLines = undefined;
    this.#endHeapLimit?.();
    this.#endHeapLimit = undefined;
  }

  #tell(text: string): void {
    if (this.#options.quiet) return;
    if (this.#live) this.#live.printAbove(text);
    else this.#context.stderr.write(text);
  }

  #json(value: object): void {
    if (this.#options.json) this.#context.stdout.write(`${JSON.stringify(value)}\n`);
  }

  #show(): void {
    if (this.#options.quiet) return;
    const { stderr, clock } = this.#context;
    if (stderr.canRedraw) {
      this.#live ??= new LiveView({
        ...{ screen: stderr, clock, ticking: true },
        render: () => this.#lines().map((line) => stderr.style.dim(line)),
      });
    } else if (this.#cancelLines === undefined) this.#writeLines();
  }

  #writeLines(): void {
    this.#cancelLines = this.#context.clock.after(LINE_MS, () => {
      for (const line of this.#lines()) this.#context.stderr.write(`${line}\n`);
      this.#writeLines();
    });
  }

  #lines(): string[] {
    return [...this.#running].map(([{ input, limits }, { progress, rates, startMs }]) => {
      const nowMs = this.#context.clock.monotonicMs();
      const moment = { progress: progress(), nowMs, elapsedMs: nowMs - startMs, limits };
      return `${plainLine(input, 200)}   ${renderRunProgressLine(moment, rates.add(moment))}`;
    });
  }
}
