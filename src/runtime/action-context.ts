import type { Random } from '../core/clock.ts';
import type { Model } from '../core/model.ts';
import { PROVIDERS } from '../providers/index.ts';
import { type LaneDescription, Session } from '../run/index.ts';
import { SIM_MODELS } from '../sim/index.ts';
import { type Configuration, loadConfiguration } from './configuration.ts';
import type { EngineOptions } from './engine.ts';
import { proxySettings } from './environment/proxy-settings.ts';
import { ModelOpener } from './models/model-opener.ts';

/** More connections than any machine has sockets: how many are used is the limiters' business. */
const MOST_CONNECTIONS = 65_535;

/** What every part of the engine is handed: one session a process, through which everything is asked. */
export interface EngineContext extends EngineOptions {
  readonly random: Random;
  /** Limiters, and what is known of endpoints. */
  readonly session: Session;
  /** Opens models; an endpoint stays open from one run to the next. */
  readonly opener: ModelOpener;
  /** The lanes of the models that were opened for a program. */
  readonly lanes: Map<Model, LaneDescription>;
}

/** Makes what the parts of an engine share. */
export function createContext(options: EngineOptions, random: Random): EngineContext {
  const { clock, environment } = options;
  const proxy = proxySettings(environment);
  return {
    ...options,
    random,
    session: new Session(clock),
    opener: new ModelOpener({ clock, proxy, connections: MOST_CONNECTIONS }),
    lanes: new Map(),
  };
}

/**
 * The settings of a command, read once; `withProject: false` leaves the working folder's files unread. What is
 * secret in them is taken out of whatever the opened models say.
 */
export async function readConfiguration(
  { environment, workingFolder, trust, agree, opener }: EngineContext,
  withProject = true,
): Promise<Configuration> {
  const configuration = await loadConfiguration({
    environment,
    folder: workingFolder,
    providers: PROVIDERS,
    simulated: SIM_MODELS.map(({ name }) => name),
    withProject,
    trust,
    agree,
  });
  opener.protect(configuration.secrets);
  return configuration;
}
