import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { streamOfLines, studyRows } from '../../experiment/study/index.ts';
import { experimentName } from '../../store/index.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import { choosePanel, type PanelRequest } from '../models/choose-panel.ts';
import { PANEL, panelTarget } from '../models/prefer-target.ts';
import { KnownRuns } from '../runs/known-runs.ts';
import { refuseReadOnce } from '../runs/lasting-file.ts';
import { type FinishedRunNotice, prepare } from '../runs/prepare.ts';
import type { ReadyRun } from '../runs/ready-run.ts';
import { pathFrom, type RunRequest } from '../runs/run-input.ts';
import { pathBetween } from '../runs/run-place.ts';
import { planOfRows, type RunPlan } from '../runs/run-plan.ts';
import { runTargets } from '../runs/run-targets.ts';
import { runValues } from '../settings/settings.ts';

/** A study: `file` is a folder of `.txt` files, or a file of rows with prompts. */
export interface PreferStudyRequest
  extends Omit<RunRequest, 'models' | 'overrideModel' | 'samples' | 'judging' | 'rephrasing'>,
    PanelRequest {
  /** How often each prompt is asked; default 1. */
  readonly rounds?: number | undefined;
  /** By what judges rank; default factuality and writing style. */
  readonly criteria?: string | undefined;
  /** Of orders and keys; default 0. */
  readonly seed?: number | undefined;
  /** False leaves the names of models in the answers that judges see; default true. */
  readonly mask?: boolean | undefined;
}

/**
 * Prepares the run of a study in which models rank each other's answers, or goes on with one that is not finished; sends
 * nothing.
 *
 * @throws TuttiError when a model or the prompts are wrong
 */
export async function preparePrefer(
  context: ActionContext,
  request: PreferStudyRequest,
): Promise<ReadyRun | FinishedRunNotice> {
  const { run, configuration, values, targets, modelOfRow, ...study } = await studyOf(
    context,
    request,
  );
  const { path, label, rows, facts } = study;
  const out = pathFrom(context.workingFolder, values.out);
  const name = experimentName(run.name ?? `prefer-${basename(path)}`);
  return prepare({
    // So many prompts are rows already.
    request: { ...run, limit: undefined },
    values,
    notices: configuration.notices,
    targets,
    context,
    known: new KnownRuns(configuration.home),
    made: {
      place: { out, name, inputPath: await pathBetween(out, path) },
      ...{ label, rows, facts, modelOfRow },
    },
  });
}

/**
 * Says what a study would come to; sends nothing and writes nothing.
 *
 * @throws TuttiError what `preparePrefer` would throw
 */
export async function planPrefer(
  context: ActionContext,
  request: PreferStudyRequest,
): Promise<RunPlan> {
  const { run, configuration, values, targets, label, rows } = await studyOf(context, request);
  const plan = await planOfRows({
    ...{ input: rows, label, targets, limitsFile: run.limitsFile },
    skipInvalid: run.skipInvalid ?? false,
    totalRequestsPerMinute: values.totalRequestsPerMinute,
  });
  return { ...plan, notices: [...configuration.notices, ...plan.notices] };
}

/** The rows of a study, and who is asked in them. */
async function studyOf(context: ActionContext, request: PreferStudyRequest) {
  const { models, judges, rounds = 1, criteria, seed = 0, mask = true, ...run } = request;
  const configuration = await readConfiguration(context, { references: [...models, ...judges] });
  const panel = choosePanel({ models, judges }, configuration);
  const values = runValues(configuration.settings, run);
  const found = await runTargets(run, configuration, context);
  const rules = { criteria, seed, mask };
  const { findTarget, modelOfRow } = panelTarget(panel, rules, found.findTarget);
  const { workingFolder } = context;
  await refuseReadOnce(run.file, workingFolder);
  const path = resolve(workingFolder, run.file);
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
  const { typed, skipInvalid, limit } = run;
  const source = isFolder ? { folder: path } : { path, label: run.file, typed, skipInvalid };
  return {
    ...{ run, configuration, values, path, modelOfRow },
    targets: { ...found, findTarget },
    label: isFolder ? `${run.file.replace(/\/+$/, '')}/` : run.file,
    rows: streamOfLines(studyRows({ model: PANEL, rounds, limit, source })),
    facts: {
      study: {
        models: panel.models.map(({ reference }) => reference),
        judges: panel.judges.map(({ reference }) => reference),
        ...{ rounds, seed, mask, criteria: criteria ?? null },
      },
    },
  };
}
