import type { RunProgress } from '../../run/index.ts';
import type { ReadyRun, ScoredOutcome } from '../../runtime/index.ts';
import type { CliContext } from '../context/context.ts';
import { INTERRUPTED_NOTE } from '../terminal/interrupts.ts';
import { LiveView } from '../terminal/live-view.ts';
import type { Screen } from '../terminal/screen.ts';
import { RateWindow } from './rate-window.ts';
import { type RunEndOptions, renderRunEnd } from './run-end.ts';
import { renderRunProgress, renderRunProgressLine } from './run-progress.ts';
import { renderRunStart } from './run-start.ts';
import { tableWidth } from './text-table.ts';

/** Where nothing can be redrawn, a line comes this often. */
const LINE_MS = 10_000;
const SIMULATED = 'SIMULATED endpoints on 127.0.0.1: no model is asked, nothing is paid';

/** Tells what stands before a run. */
export function tellStart(run: Omit<ReadyRun, 'discard' | 'execute'>, stderr: Screen): void {
  if (run.simulated) stderr.write(`${stderr.style.bold(SIMULATED)}\n`);
  stderr.write(renderRunStart(run));
}

/** Tells how a run has ended. */
export function tellEnd(
  outcome: ScoredOutcome,
  about: Omit<RunEndOptions, 'width'>,
  stderr: Screen,
): void {
  stderr.write(renderRunEnd(outcome, { ...about, width: tableWidth(stderr) }));
}

/** Shows progress until the function that it returns is called. */
export function watchRun(
  { stderr, clock }: CliContext,
  limits: ReadyRun['limits'],
  progress: () => RunProgress,
  startMs: number,
  drain: AbortSignal,
): () => void {
  const rates = new RateWindow();
  const moment = () => {
    const nowMs = clock.monotonicMs();
    const now = { progress: progress(), nowMs, elapsedMs: nowMs - startMs, limits };
    return [now, rates.add(now)] as const;
  };
  if (stderr.canRedraw) {
    const view = new LiveView({
      screen: stderr,
      clock,
      ticking: true,
      render: (size) => [
        ...renderRunProgress(...moment(), size, stderr.style),
        ...(drain.aborted ? [stderr.style.yellow(` ${INTERRUPTED_NOTE}`)] : []),
      ],
    });
    return () => view.close({ keep: true });
  }
  const onDrain = () => stderr.write(`${INTERRUPTED_NOTE}\n`);
  drain.addEventListener('abort', onDrain, { once: true });
  let cancel: () => void = () => {};
  const next = () => {
    cancel = clock.after(LINE_MS, () => {
      stderr.write(`${renderRunProgressLine(...moment())}\n`);
      next();
    });
  };
  next();
  return () => {
    cancel();
    drain.removeEventListener('abort', onDrain);
  };
}
