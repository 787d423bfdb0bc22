import { TuttiError } from '../../core/tutti-error.ts';
import { byLine, type FindTarget, type Problem, readExperiment } from '../../experiment/index.ts';
import { type EngineContext, readConfiguration } from '../action-context.ts';
import type { CheckedFile } from '../engine.ts';
import { createFindTarget } from '../models/find-lane-target.ts';
import { inputOf, labelOf } from './prepare-experiment.ts';

/** Reads experiments and says all that is wrong with them; see `Engine.check`. */
export async function checkExperiments(
  files: readonly string[],
  context: EngineContext,
): Promise<CheckedFile[]> {
  const configuration = await readConfiguration(context);
  const findTarget = createFindTarget({
    context: configuration,
    limits: new Map(),
    usual: {},
    open: (model) => context.opener.open(model),
  });
  const checked: CheckedFile[] = [];
  for (const file of files) checked.push(await checkFile(file, findTarget));
  return checked;
}

async function checkFile(file: string, findTarget: FindTarget): Promise<CheckedFile> {
  try {
    const { table, lineProblems, modelProblems } = await readExperiment({
      input: inputOf(file),
      findTarget,
      warnings: true,
    });
    return {
      file: labelOf(file),
      readable: true,
      rows: table.rowCount,
      problems: [...lineProblems.kept, ...modelProblems.kept].sort(byLine),
      total: lineProblems.total + modelProblems.total,
    };
  } catch (error) {
    // One file that cannot be read does not hide what was found in the others.
    if (!(error instanceof TuttiError)) throw error;
    const { message, hint = null } = error;
    const problem: Problem = { severity: 'error', line: null, column: null, message, hint };
    return { file: labelOf(file), readable: false, rows: 0, problems: [problem], total: 1 };
  }
}
