import type { Random } from '../../core/clock.ts';
import { PROVIDERS } from '../../providers/index.ts';
import { SIM_MODELS } from '../../sim/index.ts';
import { type Configuration, loadConfiguration } from '../configuration.ts';
import { ModelOpener } from '../model-opener.ts';
import { proxySettings } from '../proxy-settings.ts';
import type { EngineOptions } from './engine.ts';

/** What every part of the engine is handed. */
export interface EngineContext extends EngineOptions {
  readonly random: Random;
}

/** The settings of a command, read once; `withProject: false` leaves the working folder's files unread. */
export function readConfiguration(
  { environment, workingFolder, trust, agree }: EngineContext,
  withProject = true,
): Promise<Configuration> {
  return loadConfiguration({
    environment,
    folder: workingFolder,
    providers: PROVIDERS,
    simulated: SIM_MODELS.map(({ name }) => name),
    withProject,
    trust,
    agree,
  });
}

/** More connections than any machine has sockets: how many are used is the limiters' business. */
const MOST_CONNECTIONS = 65_535;

/** Makes the opener of a command's models. */
export function createOpener(
  { clock, environment }: EngineContext,
  { secrets }: Pick<Configuration, 'secrets'>,
): ModelOpener {
  const proxy = proxySettings(environment);
  return new ModelOpener({ clock, proxy, secrets, connections: MOST_CONNECTIONS });
}
