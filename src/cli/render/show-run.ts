import type { RunProgress } from '../../run/index.ts';
import type { ExecuteOptions, ReadyRun, ScoredOutcome } from '../../runtime/index.ts';
import type { CliContext } from '../context/context.ts';
import { EXIT_INTERRUPTED, EXIT_OK, EXIT_SOME_FAILED } from '../context/exit-code.ts';
import { INTERRUPTED_NOTE } from '../terminal/interrupts.ts';
import { LiveView } from '../terminal/live-view.ts';
import { RateWindow } from './rate-window.ts';
import { renderRunEnd } from './run-end.ts';
import { renderRunProgress, renderRunProgressLine } from './run-progress.ts';
import { renderRunStart } from './run-start.ts';
import { tableWidth } from './text-table.ts';

/** How a run is shown. */
export interface ShowRunOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  /** True when the same command goes on with a run that was not finished. */
  readonly resumable: boolean;
}

/** How a run that was shown has ended. */
export interface ShownRun {
  /** The exit code. */
  readonly code: number;
  /** True when every row has ended. */
  readonly isFinished: boolean;
}

/** Where nothing can be redrawn, a line comes this often. */
const LINE_MS = 10_000;
const SIMULATED = 'SIMULATED endpoints on 127.0.0.1: no model is asked, nothing is paid';

/**
 * Executes a run and shows its progress and its end on standard error; under `--json` its totals are one
 * line on standard output.
 *
 * @returns the exit code.
 */
export async function showRun(
  run: ReadyRun,
  context: CliContext,
  options: ShowRunOptions,
): Promise<number> {
  return (await showWholeRun(run, context, options)).code;
}

/** As `showRun`; says as well whether the run is finished. */
export async function showWholeRun(
  run: ReadyRun,
  context: CliContext,
  { json, quiet, resumable }: ShowRunOptions,
): Promise<ShownRun> {
  const { stdout, stderr } = context;
  const { outcome, elapsedMs } = await executeWatched(run, context, quiet);
  const width = tableWidth(stderr);
  if (!quiet) stderr.write(renderRunEnd(outcome, { run, elapsedMs, width, resumable }));
  if (json) stdout.write(`${JSON.stringify({ folder: run.folder, ...outcome })}\n`);
  return { code: exitCodeOfRun(outcome), isFinished: outcome.state === 'finished' };
}

/** A run of any kind that can be executed. */
type Executable<Options, Outcome> = Omit<ReadyRun, 'execute'> & {
  execute(options?: ExecuteOptions & Options): Promise<Outcome>;
};

/** Executes a run of any kind and shows how it begins and goes on. @param more further options of its execution */
export async function executeWatched<Outcome, Options extends object = object>(
  run: Executable<Options, Outcome>,
  context: CliContext,
  quiet: boolean,
  more?: Options,
): Promise<{ readonly outcome: Outcome; readonly elapsedMs: number }> {
  const { stderr, clock } = context;
  const { drain, stop } = context.listenToInterrupts();
  const tell = (text: string) => {
    if (!quiet && text !== '') stderr.write(text.endsWith('\n') ? text : `${text}\n`);
  };
  if (run.simulated) tell(stderr.style.bold(SIMULATED));
  tell(renderRunStart(run));
  const startMs = clock.monotonicMs();
  let end: () => void = () => {};
  try {
    const outcome = await run.execute({
      ...more!,
      drain,
      signal: stop,
      onStart: (progress) => {
        if (!quiet) end = watch(context, run.limits, progress, startMs, drain);
      },
    });
    return { outcome, elapsedMs: clock.monotonicMs() - startMs };
  } finally {
    end();
  }
}

function exitCodeOfRun(outcome: ScoredOutcome): number {
  const { state, failed, degraded = 0, unwritten = [], thresholds = [], verdicts } = outcome;
  if (state === 'interrupted') return EXIT_INTERRUPTED;
  const isWell =
    state === 'finished' &&
    failed === 0 &&
    degraded === 0 &&
    unwritten.length === 0 &&
    (verdicts?.missing ?? 0) === 0 &&
    thresholds.every(({ isMet }) => isMet);
  return isWell ? EXIT_OK : EXIT_SOME_FAILED;
}

/** Shows progress until the function that it returns is called. */
function watch(
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
