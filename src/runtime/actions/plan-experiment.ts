import { type ExperimentRow, readExperiment, refuseMistakes } from '../../experiment/index.ts';
import { TokenEstimator } from '../../scheduler/index.ts';
import { type EngineContext, readConfiguration } from '../action-context.ts';
import type { RunPlan, RunRequest } from '../engine.ts';
import { limitsInWords } from './limits-in-words.ts';
import { inputOf, labelOf, limitsNotes, targetFinder } from './prepare-experiment.ts';

/** Says what a run would do; see `Engine.planRun`. */
export async function planExperiment(
  request: RunRequest,
  context: EngineContext,
): Promise<RunPlan> {
  const configuration = await readConfiguration(context);
  const { findTarget, limits } = await targetFinder(request, configuration, context.opener);
  const estimator = new TokenEstimator();
  const sums: { rows: number; calls: number; inputTokens: number }[] = [];
  const pass = await readExperiment({
    input: inputOf(request.file),
    findTarget,
    limit: request.limit,
    onRow: (row, lane, calls) => {
      sums[lane] ??= { rows: 0, calls: 0, inputTokens: 0 };
      const sum = sums[lane];
      sum.rows++;
      sum.calls += calls;
      sum.inputTokens += inputTokens(row, estimator) * (calls / row.turns.length);
    },
  });
  refuseMistakes(pass, { label: labelOf(request.file), skipInvalid: request.skipInvalid });
  return {
    rows: pass.table.rowCount,
    calls: sums.reduce((total, { calls }) => total + calls, 0),
    lanes: pass.lanes.map((lane, index) => ({
      name: lane.name,
      rows: sums[index]?.rows ?? 0,
      calls: sums[index]?.calls ?? 0,
      estimatedInputTokens: sums[index]?.inputTokens ?? 0,
      limits: lane.limiters.flatMap(({ limits }) => limitsInWords(limits)),
    })),
    notes: [...configuration.notices, ...limitsNotes(request, limits, pass.lanes)],
  };
}

/** Tokens that one sample of a row sends: each turn sends the earlier ones again, and answers not known yet. */
function inputTokens({ turns, parameters }: ExperimentRow, estimator: TokenEstimator): number {
  return turns.reduce((sum, messages, turn) => {
    const { input } = estimator.estimate({ messages, parameters, choices: 1 });
    return sum + input * (turns.length - turn);
  }, 0);
}
