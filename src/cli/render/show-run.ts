import type { ExecuteOptions, ReadyRun, ScoredOutcome } from '../../runtime/index.ts';
import type { CliContext } from '../context/context.ts';
import { EXIT_INTERRUPTED, EXIT_OK, EXIT_SOME_FAILED } from '../context/exit-code.ts';

/** How a run is shown. */
export interface ShowRunOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  /** True when the same command goes on with a run that was not finished. */
  readonly resumable: boolean;
}

/** What is shown of a run. */
export type Shown = Pick<ShowRunOptions, 'json' | 'quiet'> & {
  readonly onlyFailed?: boolean;
  /** How what has failed is asked once more; default by `tutti run`. */
  readonly again?: string;
};

/** How a run that was shown has ended. */
export interface ShownRun {
  /** The exit code. */
  readonly code: number;
  /** True when every row has ended. */
  readonly isFinished: boolean;
}

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
  // Loaded before the run: when it ends, the program's files may be others.
  const view = quiet ? undefined : await import('./run-view.ts');
  const { outcome, elapsedMs } = await executeWatched(run, context, quiet);
  view?.tellEnd(outcome, { run, elapsedMs, resumable }, stderr);
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
  const view = quiet ? undefined : await import('./run-view.ts');
  view?.tellStart(run, stderr);
  const startMs = clock.monotonicMs();
  let end: () => void = () => {};
  try {
    const outcome = await run.execute({
      ...more!,
      drain,
      signal: stop,
      onStart: (progress) => {
        if (view) end = view.watchRun(context, run.limits, progress, startMs, drain);
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
