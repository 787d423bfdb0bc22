import {
  type JudgedSource,
  type Judging,
  type JudgingRequest,
  judgeRows,
  lookAtAnswers,
  refuseUnknownFields,
  streamOfLines,
} from '../../experiment/judge/index.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import type { Notice } from '../environment/notice.ts';
import { checkedJudging, judgingNotices } from '../runs/check-judging.ts';
import { findAnswers, type JudgedPlace } from '../runs/judged-source.ts';
import { KnownRuns } from '../runs/known-runs.ts';
import { type FinishedRunNotice, prepare } from '../runs/prepare.ts';
import type { ReadyRun } from '../runs/ready-run.ts';
import { placeFor } from '../runs/results-place.ts';
import type { RunRequest } from '../runs/run-input.ts';
import { runTargets } from '../runs/run-targets.ts';
import { writeLines } from '../runs/write-lines.ts';
import { runValues } from '../settings/settings.ts';

/** Answers, and who judges them: `file` is the folder of a run, or a file of its records. */
export interface JudgeRequest extends RunRequest {
  readonly judging: JudgingRequest;
}

/** Rows that were written for judges. */
export interface WrittenRows {
  readonly file: string;
  readonly rows: number;
  readonly notices: readonly Notice[];
}

/**
 * Prepares a run in which judges are asked about answers, or goes on with one that is not finished; sends nothing.
 *
 * @throws TuttiError when a judge, a template or the answers are wrong, all mistakes listed.
 */
export async function prepareJudge(
  context: ActionContext,
  request: JudgeRequest,
): Promise<ReadyRun | FinishedRunNotice> {
  const { configuration, values, targets, judging, answers } = await judgingOf(context, request);
  const { place, looked, notices } = answers;
  const { rows, answered, errors, empty } = looked;
  return prepare({
    request,
    values,
    notices: [...configuration.notices, ...notices],
    // What rows are filled with is for those that are judged.
    targets: { ...targets, filling: {} },
    context,
    known: new KnownRuns(configuration.home),
    made: {
      place,
      label: place.name,
      rows: streamOfLines(judgeRows(judging, looked)),
      facts: { judged: { from: looked.source.label, rows, answered, errors, empty } },
    },
  });
}

/**
 * Writes the rows that would ask judges, as an experiment of its own; sends nothing.
 *
 * @param out path of the new file, which replaces one that is there
 * @throws TuttiError as `prepareJudge` does; `bad_usage` where it would replace the answers; `file_unwritable`, `disk_full`
 */
export async function writeJudgeRows(
  context: ActionContext,
  request: JudgeRequest,
  out: string,
): Promise<WrittenRows> {
  const { workingFolder } = context;
  const { judging, answers } = await judgingOf(context, request);
  const place = { results: answers.looked.source.path, folder: null };
  const file = await placeFor(place, out, { source: request.file, out, workingFolder });
  const rows = await writeLines(file, judgeRows(judging, answers.looked));
  return { file: out, rows, notices: answers.notices };
}

async function judgingOf(context: ActionContext, request: JudgeRequest) {
  const configuration = await readConfiguration(context);
  const values = runValues(configuration.settings, request);
  const targets = await runTargets(request, configuration, context);
  const judging = await checkedJudging(request.judging, targets, context.workingFolder);
  const found = await findAnswers(request.file, values.out, context.workingFolder);
  const answers = await lookedAt(found, request, judging);
  return { configuration, values, targets, judging, answers };
}

async function lookedAt(
  { path, place }: JudgedPlace,
  { file, typed }: JudgeRequest,
  judging: Judging,
) {
  const looked = await lookAtAnswers({ path, label: file, typed });
  refuseUnknownFields(judging.templates, looked.fields);
  return { place, looked, notices: [...judgingNotices(judging), ...notJudged(looked)] };
}

function notJudged({ errors, empty }: JudgedSource): Notice[] {
  return errors + empty === 0 ? [] : [{ kind: 'not_judged', errors, empty }];
}
