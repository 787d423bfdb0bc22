import { prepareFinish as prepare } from '../../experiment/index.ts';
import type { RunMedia } from '../../media/index.ts';
import { readRunState, runFolder } from '../../store/index.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import { meetRun } from '../runs/foreign-run.ts';
import { KnownRuns } from '../runs/known-runs.ts';
import { refuseMapFolder } from '../runs/map-folder.ts';
import { openMedia } from '../runs/media-folder.ts';
import { type ReadyRun, readyRun } from '../runs/ready-run.ts';
import { refuseWorkflowFolder } from '../runs/refuse-workflow-folder.ts';
import { pathFrom, type RunRequest } from '../runs/run-input.ts';
import { runTargets } from '../runs/run-targets.ts';
import { readScoring } from '../scoring/read-scoring.ts';
import type { ScoreOptions } from '../scoring/score-options.ts';
import { runValues } from '../settings/settings.ts';

/** Which run is finished, and how. */
export interface FinishRequest
  extends Pick<RunRequest, 'resume' | 'formats' | 'excelSafe'>,
    ScoreOptions {
  /** The run's folder. */
  readonly folder: string;
}

/** Its rows are read as they were; nothing of the files is sent. */
async function mediaOf(path: string, context: ActionContext): Promise<RunMedia | undefined> {
  const folder = runFolder(path);
  const state = await readRunState(folder).catch(() => undefined);
  if (state !== undefined) {
    refuseMapFolder(path, state);
    refuseWorkflowFolder(path, state);
  }
  return state && openMedia({ file: path, only: { folder, state } }, context);
}

/**
 * Prepares the results of a run that was killed or is not finished: what it has is written, the rest is marked as not
 * sent. Nothing is sent, and the run can go on later.
 *
 * @throws TuttiError `bad_usage` when the folder holds no run, `run_changed`, `run_locked`, `unsafe_folder`,
 *   `newer_format`; `unknown_model` when it cannot be told how rows were read; `run_unknown` when it was not begun here
 */
export async function prepareFinish(
  context: ActionContext,
  { folder, ...options }: FinishRequest,
): Promise<ReadyRun> {
  const configuration = await readConfiguration(context);
  const request = { file: folder, ...options };
  const values = runValues(configuration.settings, options);
  const targets = await runTargets(request, configuration, context);
  const scoring = await readScoring(options, context);
  const { clock, random, agreeToRun } = context;
  const { findTarget } = targets;
  const path = pathFrom(context.workingFolder, folder);
  const met = await meetRun(
    await prepare({ path, findTarget, clock, random, media: await mediaOf(path, context) }),
    {
      known: new KnownRuns(configuration.home),
      resume: values.resume,
      agreeToRun,
    },
  );
  const notices = [...configuration.notices, ...met.notices];
  return readyRun(met.prepared, { request, values, notices, targets, scoring, context }, true);
}
