import type { RankProgress } from '../../../arena/index.ts';
import { plainLine } from '../../../core/plain-text.ts';
import type { CliContext } from '../../context/context.ts';
import { countText } from '../../render/figures.ts';
import { fitLine } from '../../terminal/display-width.ts';
import { LiveView } from '../../terminal/live-view.ts';

/** Where nothing can be redrawn, a line comes this often. */
const LINE_MS = 10_000;

/** What a bootstrap tells, and how the user ends it. */
export interface BootstrapProgress {
  readonly onProgress: (progress: RankProgress) => void;
  readonly signal: AbortSignal | undefined;
  readonly close: () => void;
}

/** Shows the progress of bootstraps on standard error: one live line, or a line every ten seconds. */
export function bootstrapProgress(
  context: CliContext,
  { intervals, quiet }: { readonly intervals: string | undefined; readonly quiet: boolean },
): BootstrapProgress {
  const { stderr, clock } = context;
  if (intervals !== 'bootstrap') {
    return { onProgress: () => {}, signal: undefined, close: () => {} };
  }
  const { drain: signal } = context.listenToInterrupts();
  if (quiet) return { onProgress: () => {}, signal, close: () => {} };
  let last: RankProgress | undefined;
  const line = (width: number) => (last === undefined ? '' : renderBootstrapLine(last, width));
  if (!stderr.canRedraw) {
    let toldMs = clock.monotonicMs();
    const onProgress = (progress: RankProgress) => {
      last = progress;
      if (clock.monotonicMs() - toldMs < LINE_MS) return;
      toldMs = clock.monotonicMs();
      stderr.write(`${line(79)}\n`);
    };
    return { onProgress, signal, close: () => {} };
  }
  let view: LiveView | undefined;
  const onProgress = (progress: RankProgress) => {
    last = progress;
    view ??= new LiveView({
      screen: stderr,
      clock,
      render: ({ columns }) => [line(columns - 1)],
    });
    view.update();
  };
  return { onProgress, signal, close: () => view?.close() };
}

/** Renders how far a bootstrap is: `bootstrap of davidson, people: 420 of 1,000 rounds`. */
function renderBootstrapLine({ method, group, done, rounds }: RankProgress, width: number): string {
  const of = group === null ? method : `${method}, ${plainLine(group, 40)}`;
  return fitLine(`bootstrap of ${of}: ${countText(done)} of ${countText(rounds)} rounds`, width);
}
