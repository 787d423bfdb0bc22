import type { Clock, Random } from '../../core/clock.ts';
import type { Model } from '../../core/model.ts';
import { PROVIDERS } from '../../providers/index.ts';
import { type LaneDescription, Session } from '../../run/index.ts';
import { SIM_MODELS } from '../../sim/settings/sim-models.ts';
import { type Environment, variable } from '../environment/environment.ts';
import type { AgreeToRun } from '../environment/notice.ts';
import { proxySettings } from '../environment/proxy-settings.ts';
import { limitOfOpenFiles, socketAllowance } from '../environment/socket-allowance.ts';
import { ModelOpener } from '../models/model-opener.ts';
import type { AgreeToProject } from '../trust/project.ts';
import {
  type Configuration,
  type ConfigurationOptions,
  loadConfiguration,
} from './configuration.ts';

/** The signal of whoever never ends anything. */
export const NEVER: AbortSignal = new AbortController().signal;

/** How an engine meets the settings of the user and the working folder. */
export interface EngineOptions {
  readonly environment: Environment;
  readonly workingFolder: string;
  readonly clock: Clock;
  /** True when the working folder's settings may take effect without being agreed to (`--trust`). */
  readonly trust: boolean;
  /** Asks whether the project's files may take effect; undefined where nobody can be asked. */
  readonly agree: AgreeToProject | undefined;
  /** Asks whether a run that was not begun here may go on; undefined where nobody can be asked: it is told. */
  readonly agreeToRun?: AgreeToRun | undefined;
  /** Receives what the scorers of users print, which is no result; default: it is lost. */
  readonly onScorerOutput?: ((text: string) => void) | undefined;
}

/** What every action is handed: one session a process, through which everything is asked. */
export interface ActionContext extends EngineOptions {
  readonly random: Random;
  /** Limiters, and what is known of endpoints. */
  readonly session: Session;
  /** Opens models; an endpoint stays open from one run to the next. */
  readonly opener: ModelOpener;
  /** The lanes of the models that were opened for a program. */
  readonly lanes: Map<Model, LaneDescription>;
}

/** Makes what the actions of an engine share. */
export function createContext(options: EngineOptions, random: Random): ActionContext {
  const { clock, environment } = options;
  const network = {
    proxy: proxySettings(environment),
    certificateFile: variable(environment, 'SSL_CERT_FILE'),
    connections: socketAllowance(limitOfOpenFiles()),
  };
  return {
    ...options,
    random,
    session: new Session(clock),
    opener: new ModelOpener({ clock, ...network }),
    lanes: new Map(),
  };
}

/**
 * The settings of an action, read once; `withProject: false` leaves the working folder's files unread. What is
 * secret in them is taken out of whatever the opened models say.
 */
export async function readConfiguration(
  { environment, workingFolder, trust, agree, opener }: ActionContext,
  { withProject = true, references }: Pick<ConfigurationOptions, 'withProject' | 'references'> = {},
): Promise<Configuration> {
  const configuration = await loadConfiguration({
    environment,
    folder: workingFolder,
    providers: PROVIDERS,
    simulated: SIM_MODELS.map(({ name }) => name),
    withProject,
    ...(references !== undefined && { references }),
    trust,
    agree,
  });
  opener.protect(configuration.secrets);
  return configuration;
}
