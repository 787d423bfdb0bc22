import { join } from 'node:path';
import { streamOfLines } from '../../experiment/judge/index.ts';
import {
  noCounts,
  type RephraseCounts,
  rephrasedRows,
  rephraseRows,
} from '../../experiment/rephrase/index.ts';
import { runFolder } from '../../store/index.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import type { Notice } from '../environment/notice.ts';
import { checkLaterJudging } from '../runs/check-judging.ts';
import { KnownRuns } from '../runs/known-runs.ts';
import { type FinishedRunNotice, prepare } from '../runs/prepare.ts';
import type { Preparation, ReadyRun } from '../runs/ready-run.ts';
import {
  checkedRephrasing,
  placeBeside,
  promptsOf,
  type RephraseRequest,
} from '../runs/rephrasing.ts';
import { placeFor } from '../runs/results-place.ts';
import { runTargets } from '../runs/run-targets.ts';
import { writeLines } from '../runs/write-lines.ts';
import { readScoring } from '../scoring/read-scoring.ts';
import { runValues } from '../settings/settings.ts';

/** Prompts that were written as an experiment. */
export interface WrittenPrompts {
  /** Path of the file. */
  readonly file: string;
  readonly rows: number;
  readonly counts: RephraseCounts;
}

/**
 * Prepares a run in which models are asked for other words for the prompts of an experiment, or goes on with one that
 * is not finished; sends nothing.
 *
 * @throws TuttiError when the experiment, a model or a template is wrong, all mistakes listed.
 */
export async function prepareRephrase(
  context: ActionContext,
  request: RephraseRequest,
): Promise<ReadyRun | FinishedRunNotice> {
  const { common, rephrasing, prompts, values } = await rephrasingOf(context, request);
  const { workingFolder } = context;
  // Scorers are for the answers that come after; what is wrong with them is told now.
  const scoring = await readScoring(request, context);
  const { judging } = request;
  const later =
    judging && (await checkLaterJudging(judging, common.targets, { workingFolder, scoring }));
  later?.refuseUnknown(new Set([...prompts.fields, 'input-id', 'input-prompt']));
  const place = await placeBeside('rephrase', request, values.out, workingFolder);
  const { withoutText } = prompts;
  const told: Notice[] = withoutText > 0 ? [{ kind: 'not_rephrased', prompts: withoutText }] : [];
  return prepare({
    ...common,
    // What rows are filled with is for those that are made of the answers.
    targets: { ...common.targets, filling: {} },
    request: ownRows(request),
    notices: [...common.notices, ...(later?.notices ?? []), ...told],
    made: {
      place,
      label: place.name,
      rows: streamOfLines(rephraseRows(rephrasing, prompts)),
      facts: { rephrases: { from: prompts.source.label } },
    },
  });
}

/**
 * Prepares the run of the rephrased prompts, and of the originals unless they are left out; sends nothing.
 *
 * @param folder of the finished run that rephrased them
 * @throws TuttiError as `prepareRephrase` does
 */
export async function prepareRephrased(
  context: ActionContext,
  request: RephraseRequest,
  folder: string,
): Promise<ReadyRun | FinishedRunNotice> {
  const { common, rephrasing, prompts, values } = await rephrasingOf(context, request);
  const place = await placeBeside('post-rephrase', request, values.out, context.workingFolder);
  const counts = noCounts();
  const answered = { path: runFolder(folder).completed, label: folder };
  const rows = rephrasedRows(rephrasing, answered, prompts.source, counts);
  const scoring = await readScoring(request, context);
  return prepare({
    ...{ ...common, scoring },
    request: ownRows(request),
    // Its counts are those of all replies when it is told: the rows have been made by then.
    notices: [...common.notices, { kind: 'rephrased', counts }],
    made: {
      place,
      label: place.name,
      rows: streamOfLines(rows),
      facts: { rephrased: { from: prompts.source.label, by: folder } },
    },
  });
}

/**
 * Writes the rephrased prompts, and the originals unless they are left out, as an experiment: `post-rephrase-NAME.jsonl` in
 * the output folder. Sends nothing.
 *
 * @param folder of the finished run that rephrased them
 * @throws TuttiError as `prepareRephrase` does; `bad_usage` where it would replace the experiment; `file_unwritable`, `disk_full`
 */
export async function writeRephrased(
  context: ActionContext,
  request: RephraseRequest,
  folder: string,
): Promise<WrittenPrompts> {
  const { rephrasing, prompts, values } = await rephrasingOf(context, request);
  const { out, name } = await placeBeside(
    'post-rephrase',
    request,
    values.out,
    context.workingFolder,
  );
  const { workingFolder } = context;
  const file = join(out, `${name}.jsonl`);
  const place = { results: prompts.source.path, folder: null };
  const path = await placeFor(place, file, { source: request.file, out: file, workingFolder });
  const counts = noCounts();
  const answered = { path: runFolder(folder).completed, label: folder };
  const rows = await writeLines(path, rephrasedRows(rephrasing, answered, prompts.source, counts));
  return { file, rows, counts };
}

async function rephrasingOf(context: ActionContext, request: RephraseRequest) {
  const configuration = await readConfiguration(context);
  const values = runValues(configuration.settings, request);
  const targets = await runTargets(request, configuration, context);
  const { workingFolder } = context;
  const rephrasing = await checkedRephrasing(request.rephrasing, targets, workingFolder);
  const prompts = await promptsOf(request, targets, context);
  const known = new KnownRuns(configuration.home);
  const { notices } = configuration;
  const common: Omit<Preparation, 'request'> = { values, notices, targets, context, known };
  return { common, rephrasing, prompts, values };
}

/** A request for rows that are made here: what says which rows of a file count has been heeded. */
function ownRows(request: RephraseRequest): RephraseRequest {
  return { ...request, limit: undefined, typed: undefined };
}
