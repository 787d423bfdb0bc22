import { parameterObject } from '../../command-line/parameter.ts';
import type { CliContext } from '../../context/context.ts';
import { EXIT_INTERRUPTED } from '../../context/exit-code.ts';
import { limitHeapGrowth } from '../../context/heap-growth.ts';
import { openCommandEngine } from '../../context/open-command-engine.ts';
import { showPlan } from '../../render/run-plan.ts';
import { showPreparedRun } from '../../render/show-prepared-run.ts';
import type { PreferInput } from './prefer-options.ts';
import { readCriteria } from './read-criteria.ts';
import { showStudy } from './tally-study.ts';

/** Runs a study, and shows what its verdicts say. @returns the exit code */
export async function preferStudy(
  options: PreferInput & { readonly prompts: string },
  context: CliContext,
): Promise<number> {
  const { prompts, json, quiet, trust, noMask, parameters, criteria, dryRun, ...given } = options;
  limitHeapGrowth();
  const by =
    criteria === undefined ? {} : { criteria: await readCriteria(criteria, context.workingFolder) };
  await using engine = await openCommandEngine(context, { trust });
  const request = {
    ...given,
    ...by,
    ...{ file: prompts, mask: !noMask, parameters: parameterObject(parameters) },
  };
  if (dryRun) return showPlan(prompts, await engine.planPrefer(request), context, { json });
  const run = await engine.preparePrefer(request);
  const { onlyFailed } = given;
  const shown = { json, quiet, onlyFailed, again: 'the same command with --only-failed' };
  const { code } = await showPreparedRun(run, context, shown);
  if (code !== EXIT_INTERRUPTED && !json) await showStudy(run.folder, context);
  return code;
}
