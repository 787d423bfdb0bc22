import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TuttiError } from '../../core/tutti-error.ts';
import { PROVIDERS } from '../../providers/index.ts';
import { SIM_MODELS } from '../../sim/settings/sim-models.ts';
import type { ActionContext } from '../context/action-context.ts';
import { type Configuration, loadConfiguration } from '../context/configuration.ts';
import { createEnvironment } from '../environment/environment.ts';
import { createFindTarget } from '../models/find-lane-target.ts';
import type { LimitsTable } from '../models/limiter-choice.ts';
import { prepare } from '../runs/prepare.ts';
import type { ReadyRun } from '../runs/ready-run.ts';
import { requestTarget } from '../runs/request-target.ts';
import { laneLimits, runValues } from '../settings/settings.ts';

const EXPERIMENT = 'examples/quickstart/experiment.jsonl';
const DEFAULT_OUT = 'tutti-try';

/** Where the rehearsal writes. */
export interface TryRequest {
  /** Folder for the results; default `tutti-try`. */
  readonly out?: string | undefined;
}

/** Starts simulated endpoints and prepares the quickstart experiment on them. */
export async function prepareTry(
  context: ActionContext,
  { out = DEFAULT_OUT }: TryRequest,
): Promise<ReadyRun> {
  const configuration = await withoutSettings(context);
  const request = {
    file: experimentPath(context.workingFolder),
    out,
    fresh: true,
    name: 'quickstart',
  };
  const values = runValues(configuration.settings, request);
  const limits = simulatedLimits();
  const defaultLimits = laneLimits(values);
  const findTarget = createFindTarget({
    context: configuration,
    limits,
    usual: defaultLimits,
    concurrencyIsSet: false,
    open: (model) => context.opener.open(model),
  });
  const ready = await prepare({
    request,
    values,
    notices: configuration.notices,
    targets: {
      findTarget,
      requests: requestTarget(undefined, configuration),
      filling: {},
      limits: new Map(),
      defaultLimits,
    },
    context,
  });
  if ('finished' in ready) {
    throw new TuttiError('internal_error', 'a fresh run cannot be finished');
  }
  return ready;
}

/** The rehearsal must work whatever stands in the settings, and must find no key. */
function withoutSettings({ environment, workingFolder }: ActionContext): Promise<Configuration> {
  return loadConfiguration({
    environment: createEnvironment({}, environment.platform, null),
    folder: workingFolder,
    providers: PROVIDERS,
    simulated: SIM_MODELS.map(({ name }) => name),
    withProject: false,
  });
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
