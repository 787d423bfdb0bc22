import { readExperiment, refuseMistakes } from '../../experiment/index.ts';
import { streamOfLines } from '../../experiment/judge/index.ts';
import { rephraseRows } from '../../experiment/rephrase/index.ts';
import type { ActionContext } from '../context/action-context.ts';
import type { Notice } from '../environment/notice.ts';
import { checkLaterJudging } from './check-judging.ts';
import { PlanSums, plannedCosts } from './plan-sums.ts';
import { checkedRephrasing, promptsOf, type RephraseRequest } from './rephrasing.ts';
import type { RunRequest } from './run-input.ts';
import type { RunTargets } from './run-targets.ts';

/** What asks for other words before a run. */
export interface PlannedRephrasing {
  /** At least: a list that cannot be read is asked for once more. */
  readonly calls: number;
  /** US dollars for what is sent alone; null where no price is known. */
  readonly leastCostUsd: number | null;
  /** The same with answers. */
  readonly likelyCostUsd: number | null;
  /** False when the new prompts come in the place of the rows of the experiment. */
  readonly keepsOriginals: boolean;
}

/** What asks judges after a run. */
export interface PlannedJudging {
  /** One for each row of the experiment, judge and template, if no row fails. */
  readonly calls: number;
}

/** What a run has before and after its own rows; what it does not have is left out. */
export interface PlannedStages {
  readonly rephrasing?: PlannedRephrasing;
  readonly judging?: PlannedJudging;
  readonly notices: readonly Notice[];
}

/**
 * Says what is asked before and after the rows of a run; sends nothing.
 *
 * @param rows of the experiment
 * @throws TuttiError as the run would
 */
export async function plannedStages(
  { rephrasing, judging, ...request }: RunRequest,
  rows: number,
  { targets, context }: { readonly targets: RunTargets; readonly context: ActionContext },
): Promise<PlannedStages> {
  const { workingFolder } = context;
  const scoring = null;
  const before =
    rephrasing && (await plannedRephrasing({ ...request, rephrasing }, targets, context));
  const later = judging && (await checkLaterJudging(judging, targets, { workingFolder, scoring }));
  return {
    ...(before && { rephrasing: before }),
    ...(later && { judging: { calls: rows * later.rowsPerAnswer } }),
    notices: later?.notices ?? [],
  };
}

async function plannedRephrasing(
  request: RephraseRequest,
  targets: RunTargets,
  context: ActionContext,
): Promise<PlannedRephrasing> {
  const { workingFolder } = context;
  const rephrasing = await checkedRephrasing(request.rephrasing, targets, workingFolder);
  const prompts = await promptsOf(request, targets, context);
  const sums = new PlanSums();
  const label = 'the rows that ask for other words';
  const pass = await readExperiment({
    input: streamOfLines(rephraseRows(rephrasing, prompts)),
    label,
    findTarget: targets.findTarget,
    onRow: (row, lane, calls) => {
      // What is translated is translated back.
      sums.add(row, lane, row.reply?.form.kind === 'via' ? 2 * calls : calls);
    },
  });
  refuseMistakes(pass, { label, skipInvalid: false });
  const { calls, leastCostUsd, likelyCostUsd } = await plannedCosts(pass.lanes, sums);
  return { calls, leastCostUsd, likelyCostUsd, keepsOriginals: rephrasing.keepOriginal };
}
