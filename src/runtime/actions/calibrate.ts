import {
  type CalibratedConsortium,
  checkQuestions,
  type ReadCalibration,
  readCalibration,
} from '../../experiment/calibration/index.ts';
import { runFolder } from '../../store/index.ts';
import { filledConsortium, instanceIds } from '../consortiums/consortium-options.ts';
import { givenConsortium } from '../consortiums/given-consortium.ts';
import type { FoundConsortium } from '../consortiums/saved-consortiums.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import { chooseConsortium } from '../models/choose-consortium.ts';
import { KnownRuns } from '../runs/known-runs.ts';
import { refuseReadOnce } from '../runs/lasting-file.ts';
import { type FinishedRunNotice, prepare } from '../runs/prepare.ts';
import type { ReadyRun } from '../runs/ready-run.ts';
import { inputOf, labelOf, pathFrom, type RunRequest } from '../runs/run-input.ts';
import { planOfRows, type RunPlan } from '../runs/run-plan.ts';
import { runTargets } from '../runs/run-targets.ts';
import { runValues } from '../settings/settings.ts';

/** A consortium, and questions with right answers: `file`. */
export interface CalibrateRequest extends RunRequest {
  /** A saved one's name, or the path of a file. */
  readonly consortium: string;
}

/**
 * Prepares a run in which a consortium is asked questions, or goes on with one that is not finished; sends nothing. It
 * waits for every member, also where a vote is decided before, so that all are measured by the same questions.
 *
 * @throws TuttiError `bad_usage` with all that is wrong with the consortium, `bad_input` for questions without an answer
 */
export async function prepareCalibration(
  context: ActionContext,
  request: CalibrateRequest,
): Promise<ReadyRun | FinishedRunNotice> {
  const { asked, configuration, values, targets } = await checkedCalibration(context, request);
  return prepare({
    ...{ request: asked, values, targets, context },
    notices: configuration.notices,
    known: new KnownRuns(configuration.home),
    facts: { calibration: { consortium: request.consortium } },
  });
}

/**
 * Says what such a run would come to; sends nothing and writes nothing.
 *
 * @throws TuttiError what `prepareCalibration` would throw
 */
export async function planCalibration(
  context: ActionContext,
  request: CalibrateRequest,
): Promise<RunPlan> {
  const { asked, configuration, values, targets } = await checkedCalibration(context, request);
  const { file, typed, limit, limitsFile, skipInvalid = false } = asked;
  const plan = await planOfRows({
    ...{ input: inputOf({ file }, context.workingFolder), label: labelOf({ file }), typed, limit },
    ...{ targets, skipInvalid, limitsFile },
    totalRequestsPerMinute: values.totalRequestsPerMinute,
  });
  return { ...plan, notices: [...configuration.notices, ...plan.notices] };
}

async function checkedCalibration(context: ActionContext, request: CalibrateRequest) {
  const { workingFolder } = context;
  const configuration = await readConfiguration(context);
  const found = await consortiumOf(request, configuration, context);
  const { name } = chooseConsortium(found, configuration);
  const { file, typed, limit } = request;
  await refuseReadOnce(file, workingFolder);
  const path = pathFrom(workingFolder, file);
  await checkQuestions({ path, label: file, typed, limit }, extractOf(found));
  const asked = { ...request, models: [name], overrideModel: true };
  const here = { ...configuration, givenConsortium: found };
  const targets = await runTargets(asked, here, context);
  return { asked, configuration, values: runValues(configuration.settings, asked), targets };
}

/**
 * Makes the statistics of a consortium from the results of such a run.
 *
 * @param folder of the run
 * @throws TuttiError `file_missing`, `file_unreadable`, `bad_input`
 */
export async function measureCalibration(
  context: ActionContext,
  request: Pick<CalibrateRequest, 'consortium'>,
  folder: string,
): Promise<ReadCalibration> {
  const { workingFolder } = context;
  const configuration = await readConfiguration(context);
  const found = await consortiumOf(request, configuration, context);
  const { completed } = runFolder(pathFrom(workingFolder, folder));
  return readCalibration({ path: completed, label: completed }, calibrated(found));
}

function consortiumOf(
  { consortium }: Pick<CalibrateRequest, 'consortium'>,
  { consortiums }: Awaited<ReturnType<typeof readConfiguration>>,
  context: ActionContext,
): Promise<FoundConsortium> {
  return givenConsortium({ consortium, flags: { all: true } }, consortiums, context);
}

function calibrated(found: FoundConsortium): CalibratedConsortium {
  const { members, confidenceThreshold } = filledConsortium(found.options);
  const ids = instanceIds(members).flatMap((own, index) =>
    own.map((id) => ({ id, model: members[index]!.model })),
  );
  // The one instance of a model is called as the model is.
  const isOnly = (model: string) => ids.filter((one) => one.model === model).length === 1;
  return {
    name: found.name,
    members: ids.map(({ id, model }) => ({ id, name: isOnly(model) ? model : id })),
    confidenceThreshold,
    extract: extractOf(found),
  };
}

/** How a vote finds answers comes before how the consortium does. */
function extractOf({ options }: FoundConsortium): string | null {
  const { strategies, extract } = filledConsortium(options);
  const own = strategies.map(({ parameters }) => parameters.extract);
  return own.find((one) => typeof one === 'string') ?? extract;
}
