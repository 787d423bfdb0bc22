import { TuttiError } from '../../core/tutti-error.ts';
import { byLine, type FindTarget, type Problem, readExperiment } from '../../experiment/index.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import { createFindTarget } from '../models/find-lane-target.ts';
import { inputOf, labelOf } from '../runs/run-input.ts';

/** What was found in one experiment. */
export interface CheckedFile {
  readonly file: string;
  /** False when it could not be read at all; the one problem says why. */
  readonly readable: boolean;
  readonly rows: number;
  readonly problems: readonly Problem[];
  /** All problems, those included that are not listed. */
  readonly total: number;
}

/** Reads experiments and says all that is wrong with them; sends nothing. */
export async function check(
  context: ActionContext,
  files: readonly string[],
): Promise<readonly CheckedFile[]> {
  const configuration = await readConfiguration(context);
  const findTarget = createFindTarget({
    context: configuration,
    limits: new Map(),
    usual: {},
    open: (model) => context.opener.open(model),
  });
  const checked: CheckedFile[] = [];
  const { workingFolder } = context;
  for (const file of files) checked.push(await checkFile(file, workingFolder, findTarget));
  return checked;
}

async function checkFile(
  file: string,
  workingFolder: string,
  findTarget: FindTarget,
): Promise<CheckedFile> {
  try {
    const { table, lineProblems, modelProblems } = await readExperiment({
      input: inputOf(file, workingFolder),
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
