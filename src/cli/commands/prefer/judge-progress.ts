import type { CliContext } from '../../context/context.ts';
import { countOf, durationText } from '../../render/figures.ts';
import { fitLine } from '../../terminal/display-width.ts';
import { INTERRUPTED_NOTE } from '../../terminal/interrupts.ts';
import { LiveView } from '../../terminal/live-view.ts';

/** Shows on standard error how many judges have ranked the answers, where it can be redrawn. */
export class JudgeProgress {
  readonly #context: Pick<CliContext, 'stderr' | 'clock'>;
  readonly #drain: AbortSignal;
  #view: LiveView | undefined;
  #judged = 0;

  constructor(context: Pick<CliContext, 'stderr' | 'clock'>, drain: AbortSignal) {
    this.#context = context;
    this.#drain = drain;
  }

  /** True while it is drawn. */
  get isShown(): boolean {
    return this.#view !== undefined;
  }

  start(): void {
    const { stderr, clock } = this.#context;
    if (!stderr.canRedraw || this.#drain.aborted) return;
    const startMs = clock.monotonicMs();
    this.#view = new LiveView({
      screen: stderr,
      clock,
      ticking: true,
      render: ({ columns }) => {
        const elapsed = durationText(clock.monotonicMs() - startMs);
        const done = this.#judged === 0 ? '' : ` · ${countOf(this.#judged, 'judge')} done`;
        const line = ` judges rank the answers${done} · ${elapsed}`;
        const note = this.#drain.aborted
          ? [stderr.style.yellow(fitLine(` ${INTERRUPTED_NOTE}`, columns - 1))]
          : [];
        return [fitLine(line, columns - 1), ...note];
      },
    });
  }

  /** Takes note of a verdict. */
  add(): void {
    this.#judged++;
  }

  close(): void {
    this.#view?.close();
    this.#view = undefined;
  }
}
