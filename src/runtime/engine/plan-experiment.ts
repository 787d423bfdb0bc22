import { TuttiError } from '../../core/tutti-error.ts';
import { readExperiment, renderProblem } from '../../experiment/index.ts';
import { TokenEstimator } from '../../scheduler/index.ts';
import type { RunPlan, RunRequest } from './engine.ts';
import { createOpener, type EngineContext, readConfiguration } from './engine-context.ts';
import { limitsInWords } from './limits-in-words.ts';
import { inputOf, labelOf, targetFinder } from './prepare-experiment.ts';

/** Says what a run would do; see `Engine.planRun`. */
export async function planExperiment(
  request: RunRequest,
  options: EngineContext,
): Promise<RunPlan> {
  const configuration = await readConfiguration(options);
  const opener = createOpener(options, configuration);
  const findTarget = await targetFinder(request, configuration, opener);
  const estimator = new TokenEstimator();
  const sums: { rows: number; calls: number; inputTokens: number }[] = [];
  const { table, lanes, lineProblems, modelProblems } = await readExperiment({
    input: inputOf(request.file),
    findTarget,
    limit: request.limit,
    onRow: (row, lane, calls) => {
      sums[lane] ??= { rows: 0, calls: 0, inputTokens: 0 };
      const sum = sums[lane];
      sum.rows++;
      sum.calls += calls;
      // Later turns also carry the history, whose answers are not known yet.
      const messages = row.turns.flat();
      const { parameters } = row;
      const { input } = estimator.estimate({ messages, parameters, choices: 1 });
      sum.inputTokens += input * (calls / row.turns.length);
    },
  });
  const label = labelOf(request.file);
  const problems = [...(request.skipInvalid ? [] : lineProblems.kept), ...modelProblems.kept];
  if (problems.length > 0) {
    const shown = problems.slice(0, 20).map((problem) => renderProblem(label, problem));
    throw new TuttiError('bad_input', shown.join('\n'), {
      hint: `tutti check ${label} shows everything`,
    });
  }
  return {
    rows: table.rowCount,
    calls: sums.reduce((total, { calls }) => total + calls, 0),
    lanes: lanes.map((lane, index) => ({
      name: lane.name,
      rows: sums[index]?.rows ?? 0,
      calls: sums[index]?.calls ?? 0,
      estimatedInputTokens: sums[index]?.inputTokens ?? 0,
      limits: lane.limiters.flatMap(({ limits }) => limitsInWords(limits)),
    })),
    notes: configuration.notices,
  };
}
