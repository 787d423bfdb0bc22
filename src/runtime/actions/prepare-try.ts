import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TuttiError } from '../../core/tutti-error.ts';
import { PROVIDERS } from '../../providers/index.ts';
import { SIM_MODELS } from '../../sim/index.ts';
import type { EngineContext } from '../action-context.ts';
import { type Configuration, loadConfiguration } from '../configuration.ts';
import type { ReadyRun, RunRequest } from '../engine.ts';
import { createEnvironment } from '../environment/environment.ts';
import { createFindTarget } from '../models/find-lane-target.ts';
import type { LimitsTable } from '../models/limiter-choice.ts';
import { concurrencyIsSet, prepareWith, usualLimits } from './prepare-experiment.ts';

const EXPERIMENT = 'examples/quickstart/experiment.jsonl';
const DEFAULT_OUT = 'tutti-try';

/** Prepares the quickstart experiment on simulated endpoints; see `Engine.prepareTry`. */
export async function prepareTry(
  { out }: { readonly out: string | undefined },
  context: EngineContext,
): Promise<ReadyRun> {
  const configuration = await withoutSettings(context);
  const request = tryRequest(experimentPath(context.workingFolder), out ?? DEFAULT_OUT);
  const findTarget = createFindTarget({
    context: configuration,
    limits: simulatedLimits(),
    usual: usualLimits(request, configuration),
    concurrencyIsSet: concurrencyIsSet(request, configuration),
    open: (model) => context.opener.open(model),
  });
  const ready = await prepareWith({
    request,
    name: 'quickstart',
    configuration,
    findTarget,
    context,
  });
  if ('finished' in ready) {
    throw new TuttiError('internal_error', 'a fresh run cannot be finished');
  }
  return ready;
}

/** The rehearsal must work whatever stands in the settings, and must find no key. */
function withoutSettings({ environment, workingFolder }: EngineContext): Promise<Configuration> {
  return loadConfiguration({
    environment: createEnvironment({}, environment.platform, null),
    folder: workingFolder,
    providers: PROVIDERS,
    simulated: SIM_MODELS.map(({ name }) => name),
    withProject: false,
  });
}

function tryRequest(file: string, out: string): RunRequest {
  return {
    file,
    out,
    requestsPerMinute: undefined,
    tokensPerMinute: undefined,
    concurrency: undefined,
    limitsFile: undefined,
    attempts: undefined,
    timeoutMs: undefined,
    limit: undefined,
    fresh: true,
    skipInvalid: false,
  };
}

/** What the simulated vendors allow; a user would write it into a limits file. */
function simulatedLimits(): LimitsTable {
  const models = SIM_MODELS.map(({ name, limits }) => [name, limits] as const);
  return new Map([['sim', { limits: null, models: new Map(models) }]]);
}

/** The example is at the package's root, from source as well as from dist. */
function experimentPath(workingFolder: string): string {
  for (const up of ['../../../', '../../', '../']) {
    const path = fileURLToPath(new URL(up + EXPERIMENT, import.meta.url));
    if (!existsSync(path)) continue;
    const inside = relative(workingFolder, path);
    return inside.startsWith('..') ? path : inside;
  }
  throw new TuttiError('file_missing', `${EXPERIMENT} is missing from this installation`, {
    hint: 'Install tutti again.',
  });
}
