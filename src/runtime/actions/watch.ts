import { join } from 'node:path';
import type { TuttiError } from '../../core/tutti-error.ts';
import { findUnfinishedRuns, openPipelineFolder } from '../../experiment/pipeline/index.ts';
import { RunLock } from '../../store/index.ts';
import { type ActionContext, NEVER, readConfiguration } from '../context/action-context.ts';
import { pathFrom, type RunRequest } from '../runs/run-input.ts';
import { runTargets } from '../runs/run-targets.ts';
import { NextRun } from '../watch/next-run.ts';
import { isOfRun } from '../watch/own-errors.ts';
import type { WatchListener, WatchOutcome } from '../watch/watch-listener.ts';
import { Watcher } from '../watch/watcher.ts';
import { prepareRun } from './prepare-run.ts';

const SETTLE_MS = 2_000;

/** What is watched, and how what comes is run. */
export interface WatchRequest extends Omit<RunRequest, 'file' | 'out' | 'name' | 'fresh'> {
  /** The pipeline folder, from the engine's working folder. */
  readonly folder: string;
  /** How long a file must stand still before it is taken, in milliseconds; default 2 s. */
  readonly settleMs?: number | undefined;
  /** True ends the watch when nothing waits in `input` and nothing runs; default false. */
  readonly once?: boolean | undefined;
  /** When aborted, no new call starts and those in flight finish; default never. */
  readonly drain?: AbortSignal | undefined;
  /** When aborted, everything stops at once; runs can be gone on with; default never. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs every experiment that appears in the `input` of a pipeline folder, and goes on with what an earlier watch left.
 *
 * @throws TuttiError `file_missing`; `run_locked` when another watch has the folder; whatever stops a run of the machine's
 *   or the settings' fault
 */
export async function watch(
  context: ActionContext,
  {
    folder,
    settleMs = SETTLE_MS,
    once = false,
    drain = NEVER,
    signal = NEVER,
    ...run
  }: WatchRequest,
  listener: WatchListener = {},
): Promise<WatchOutcome> {
  const { clock, random, workingFolder } = context;
  const path = pathFrom(workingFolder, folder);
  const pipeline = await openPipelineFolder(path);
  // What is wrong with the options or the settings is wrong for every file.
  await runTargets(
    { ...run, file: join(path, 'input') },
    await readConfiguration(context),
    context,
  );
  const lock = await RunLock.acquire(pipeline.lock, { clock, random });
  const counts = { refused: 0, left: 0 };
  const onLeft = (where: string, error: TuttiError) => {
    counts.left++;
    listener.onLeft?.(where, error);
  };
  const onRefused = (file: string, error: TuttiError, movedTo: string) => {
    counts.refused++;
    listener.onRefused?.(file, error, movedTo);
  };
  try {
    const { runs, unreadable } = await findUnfinishedRuns(pipeline);
    listener.onStart?.(runs.length);
    for (const { folder: own, error } of unreadable) {
      if (!isOfRun(error)) throw error;
      onLeft(own.path, error as TuttiError);
    }
    const prepare = (request: RunRequest) => prepareRun(context, request);
    const next = new NextRun({
      ...{ pipeline, request: run, settleMs, clock, prepare, unfinished: runs },
      ...{ onLeft, onRefused },
    });
    const watcher = new Watcher({
      ...{ input: pipeline.input, next, clock, once, drain },
      ...{ signal, listener, onLeft },
    });
    return { ...(await watcher.run()), ...counts };
  } finally {
    await lock.release();
  }
}
