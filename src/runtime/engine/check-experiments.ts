import { byLine, readExperiment } from '../../experiment/index.ts';
import { createFindTarget } from '../find-lane-target.ts';
import type { CheckedFile } from './engine.ts';
import { createOpener, type EngineContext, readConfiguration } from './engine-context.ts';
import { inputOf, labelOf } from './prepare-experiment.ts';

/** Reads experiments and says all that is wrong with them; see `Engine.check`. */
export async function checkExperiments(
  files: readonly string[],
  options: EngineContext,
): Promise<CheckedFile[]> {
  const configuration = await readConfiguration(options);
  const opener = createOpener(options, configuration);
  const findTarget = createFindTarget({
    context: configuration,
    limits: new Map(),
    usual: {},
    open: (model) => opener.open(model),
  });
  const checked: CheckedFile[] = [];
  for (const file of files) {
    const { table, lineProblems, modelProblems } = await readExperiment({
      input: inputOf(file),
      findTarget,
      warnings: true,
    });
    checked.push({
      file: labelOf(file),
      rows: table.rowCount,
      problems: [...lineProblems.kept, ...modelProblems.kept].sort(byLine),
      total: lineProblems.total + modelProblems.total,
    });
  }
  return checked;
}
