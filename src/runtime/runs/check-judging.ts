import type { JsonObject } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import {
  fieldsOfRows,
  type Judging,
  type JudgingRequest,
  type ModelProblemOf,
  readJudging,
  refuseUnknownFields,
} from '../../experiment/judge/index.ts';
import { runFolder } from '../../store/index.ts';
import type { Notice } from '../environment/notice.ts';
import type { Scoring } from '../scoring/scoring.ts';
import { pathFrom } from './run-input.ts';
import type { RunTargets } from './run-targets.ts';

/**
 * Reads who judges, and by which templates, with paths from the working folder.
 *
 * @throws TuttiError `bad_input` with everything that is wrong
 */
export function checkedJudging(
  request: JudgingRequest,
  targets: RunTargets,
  workingFolder: string,
): Promise<Judging> {
  const from = (path: string) => pathFrom(workingFolder, path);
  const { folder, templates } = request;
  const paths = folder === undefined ? (templates ?? ['template.txt']).map(from) : templates;
  const located = { ...request, folder: folder && from(folder), templates: paths };
  return readJudging(located, modelProblemOf(targets));
}

/**
 * Checks who will judge the answers of a run that has not begun.
 *
 * @returns how many rows ask about each answer, what is to be told, and functions that refuse fields of templates which rows
 *   do not have: those with these fields, or those of the run's folder
 * @throws TuttiError `bad_input` with everything that is wrong
 */
export async function checkLaterJudging(
  request: JudgingRequest,
  targets: RunTargets,
  { workingFolder, scoring }: { readonly workingFolder: string; readonly scoring: Scoring | null },
) {
  const judging = await checkedJudging(request, targets, workingFolder);
  const refuseUnknown = (fields: ReadonlySet<string>) =>
    refuseUnknownFields(
      judging.templates,
      new Set([...fields, ...RECORD_FIELDS, ...(scoring?.keys ?? [])]),
    );
  return {
    rowsPerAnswer: judging.judges.length * judging.templates.length,
    notices: judgingNotices(judging),
    refuseUnknown,
    checkFields: async (folder: string) => {
      if (judging.templates.every(({ syntax }) => syntax === 'format')) return;
      const { input } = runFolder(folder);
      refuseUnknown(await fieldsOfRows({ path: input, label: input }));
    },
  };
}

/** What a record has besides the keys of its row. */
const RECORD_FIELDS = ['response', 'answer', 'input-response', 'input-answer'];

/** What is doubtful about templates. */
export function judgingNotices({ warnings }: Judging): readonly Notice[] {
  return warnings.map((sentence) => ({ kind: 'template_doubtful', sentence }));
}

/** Says why the model of a made row cannot be asked. */
export function modelProblemOf({ findTarget }: RunTargets): ModelProblemOf {
  return (settings) => {
    const target = findTarget(selectorOf(settings));
    return 'message' in target
      ? plainLine([target.message, target.hint].filter(Boolean).join('. '), 500)
      : undefined;
  };
}

function selectorOf({ api, model_name: name, model, group }: JsonObject) {
  const isPair = typeof api === 'string' && typeof name === 'string';
  return {
    reference: isPair || typeof model !== 'string' ? null : model,
    api: isPair ? api : null,
    modelName: isPair ? name : null,
    group: typeof group === 'string' ? group : null,
  };
}
