import { type ExperimentRow, readExperiment, refuseMistakes } from '../../experiment/index.ts';
import { TokenEstimator } from '../../scheduler/index.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import type { Notice } from '../environment/notice.ts';
import { openMedia } from '../runs/media-folder.ts';
import type { LaneLimits } from '../runs/prepare.ts';
import { inputOf, labelOf, type RunRequest } from '../runs/run-input.ts';
import { findPlace } from '../runs/run-place.ts';
import { namesWithoutRows, runTargets } from '../runs/run-targets.ts';
import { runValues } from '../settings/settings.ts';

/** What a run would do. */
export interface RunPlan {
  readonly rows: number;
  readonly calls: number;
  readonly lanes: readonly PlannedLane[];
  readonly limitsFile: string | undefined;
  /** Names in the limits file that no row has. */
  readonly unusedLimits: readonly string[];
  readonly notices: readonly Notice[];
}

/** A lane of a run that has not started. */
export interface PlannedLane {
  readonly name: string;
  readonly rows: number;
  readonly calls: number;
  /** Null when it cannot be told. */
  readonly estimatedInputTokens: number | null;
  /** What it is allowed: its own limits first, then those of its endpoint. */
  readonly limits: readonly LaneLimits[];
}

/**
 * Says what a run would do; sends nothing and writes nothing.
 *
 * @throws TuttiError what `prepareRun` would throw.
 */
export async function planRun(context: ActionContext, request: RunRequest): Promise<RunPlan> {
  const configuration = await readConfiguration(context);
  const { out } = runValues(configuration.settings, request);
  const { workingFolder } = context;
  const { file, only } = await findPlace({
    file: request.file,
    out,
    name: request.name,
    workingFolder,
  });
  const targets = await runTargets(request, configuration, context);
  const estimator = new TokenEstimator();
  const sums: { rows: number; calls: number; inputTokens: number }[] = [];
  const pass = await readExperiment({
    input: inputOf(file, workingFolder),
    label: labelOf(file),
    typed: request.typed,
    findTarget: targets.findTarget,
    media: openMedia({ file: request.file, media: request.media, only }, context),
    requests: targets.requests,
    limit: request.limit,
    onRow: (row, lane, calls) => {
      sums[lane] ??= { rows: 0, calls: 0, inputTokens: 0 };
      const sum = sums[lane];
      sum.rows++;
      sum.calls += calls;
      sum.inputTokens += inputTokens(row, estimator) * (calls / row.turns.length);
    },
  });
  const skipInvalid = request.skipInvalid ?? false;
  refuseMistakes(pass, { label: labelOf(file), skipInvalid });
  return {
    rows: pass.table.rowCount,
    calls: sums.reduce((total, { calls }) => total + calls, 0),
    lanes: pass.lanes.map((lane, index) => ({
      name: lane.name,
      rows: sums[index]?.rows ?? 0,
      calls: sums[index]?.calls ?? 0,
      estimatedInputTokens: sums[index]?.inputTokens ?? 0,
      limits: lane.limiters.map(({ limits }) => limits),
    })),
    limitsFile: request.limitsFile,
    unusedLimits: namesWithoutRows(targets.limits, pass.lanes),
    notices: configuration.notices,
  };
}

/** Tokens that one sample of a row sends: each turn sends the earlier ones again, and answers not known yet. */
function inputTokens({ turns, parameters }: ExperimentRow, estimator: TokenEstimator): number {
  return turns.reduce((sum, messages, turn) => {
    const { input } = estimator.estimate({ messages, parameters, choices: 1 });
    return sum + input * (turns.length - turn);
  }, 0);
}
