import type { Engine, FinishedRunNotice, FinishRequest, ReadyRun } from '../../../runtime/index.ts';
import type { CliContext } from '../../context/context.ts';
import { EXIT_INTERRUPTED, EXIT_OK } from '../../context/exit-code.ts';
import { limitHeapGrowth } from '../../context/heap-growth.ts';
import { type Shown, showRun } from '../../render/show-run.ts';
import { prepareStages, type StagedRequest, showStages } from '../../render/show-stages.ts';

/**
 * Runs experiments one after the other; an interruption ends them all. All are prepared before the first one
 * sends anything, so that a mistake in the last one costs nothing.
 *
 * @returns the highest exit code of all.
 */
export async function runFiles(
  engine: Engine,
  requests: readonly StagedRequest[],
  context: CliContext,
  options: Shown & { readonly onlyFailed: boolean },
): Promise<number> {
  limitHeapGrowth();
  const waiting: (ReadyRun | FinishedRunNotice)[] = [];
  let worst: number = EXIT_OK;
  try {
    for (const request of requests) waiting.push(await prepareStages(engine, request));
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
      const request = requests[requests.length - waiting.length - 1]!;
      if (request !== requests[0] && !options.quiet) context.stderr.write('\n');
      const code = await showStages(run, engine, request, context, options);
      worst = Math.max(worst, code);
      if (code === EXIT_INTERRUPTED) break;
    }
  } finally {
    for (const run of waiting) if (!('finished' in run)) await run.discard();
  }
  return worst;
}

/**
 * Writes the results of runs as far as they have come; sends nothing.
 *
 * @returns the highest exit code of all: 1 where rows have no answer
 */
export async function finishFolders(
  engine: Engine,
  folders: readonly string[],
  context: CliContext,
  options: Shown & Omit<FinishRequest, 'folder'>,
): Promise<number> {
  const { json, quiet, ...request } = options;
  const { drain } = context.listenToInterrupts();
  let worst: number = EXIT_OK;
  for (const folder of folders) {
    if (drain.aborted) return EXIT_INTERRUPTED;
    const run = await engine.prepareFinish({ ...request, folder });
    worst = Math.max(worst, await showRun(run, context, { json, quiet, resumable: false }));
  }
  return worst;
}

/** Shows what runs would do. */
export async function showPlans(
  engine: Engine,
  requests: readonly StagedRequest[],
  context: CliContext,
  json: boolean,
): Promise<number> {
  limitHeapGrowth();
  const { showPlan } = await import('../../render/run-plan.ts');
  for (const request of requests) {
    const { file, onlyRephrase } = request;
    showPlan(file, await engine.planRun(request), context, { json, onlyRephrase });
  }
  return EXIT_OK;
}
