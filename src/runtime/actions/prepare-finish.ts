import { prepareFinish as prepare } from '../../experiment/index.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import { type ReadyRun, readyRun } from '../runs/prepare.ts';
import { pathFrom } from '../runs/run-input.ts';
import { runTargets } from '../runs/run-targets.ts';
import { runValues } from '../settings/settings.ts';

/** Which run is finished. */
export interface FinishRequest {
  /** The run's folder. */
  readonly folder: string;
}

/**
 * Prepares the results of a run that was killed or is not finished: what it has is written, the rest is marked as not
 * sent. Nothing is sent, and the run can go on later.
 *
 * @throws TuttiError `bad_usage` when the folder holds no run, `run_changed`, `run_locked`, `unsafe_folder`, `newer_format`
 */
export async function prepareFinish(
  context: ActionContext,
  { folder }: FinishRequest,
): Promise<ReadyRun> {
  const configuration = await readConfiguration(context);
  const request = { file: folder };
  const values = runValues(configuration.settings, {});
  const targets = await runTargets(request, configuration, context);
  const { clock, random } = context;
  const { findTarget } = targets;
  const prepared = await prepare({
    path: pathFrom(context.workingFolder, folder),
    findTarget,
    clock,
    random,
  });
  const { notices } = configuration;
  return readyRun(prepared, { request, values, notices, targets, context }, true);
}
