import { SIM_MODELS } from '../../sim/settings/sim-models.ts';
import { consortiumFolder, savedNames } from '../consortiums/saved-consortiums.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import type { Notice } from '../environment/notice.ts';
import { type KeyReport, reportKeys } from '../models/key-report.ts';

/** What can be used here. */
export interface ModelList {
  /** Endpoints and providers, with the keys and addresses that were looked for and found. */
  readonly providers: readonly KeyReport[];
  readonly aliases: readonly {
    readonly name: string;
    readonly model: string;
    readonly where: string;
  }[];
  /** Names of saved consortiums; what is in them is not looked at. */
  readonly consortiums: readonly string[];
  /** The models that are asked where none is named. */
  readonly models: readonly string[];
  readonly simulated: readonly {
    readonly model: string;
    readonly provider: string;
    readonly about: string;
  }[];
  readonly notices: readonly Notice[];
}

/** Lists what can be used here: providers, endpoints, aliases, consortiums, simulated models; sends nothing. */
export async function listModels(
  context: ActionContext,
  options: { readonly withProject?: boolean } = {},
): Promise<ModelList> {
  const configuration = await readConfiguration(context, { ...options, references: [] });
  const { settings, notices, home } = configuration;
  return {
    providers: reportKeys(configuration),
    aliases: [...settings.aliases].map(([name, { value, where }]) => ({
      name,
      model: value,
      where,
    })),
    consortiums: savedNames(consortiumFolder(home)),
    models: settings.models.value,
    simulated: SIM_MODELS.map(({ name, about, provider }) => ({
      model: `sim/${name}`,
      provider,
      about,
    })),
    notices,
  };
}
