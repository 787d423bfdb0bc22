import { TuttiError } from '../../core/tutti-error.ts';
import type { Settings } from '../settings/settings.ts';
import { reportKeys } from './key-report.ts';
import type { ModelContext } from './model-context.ts';
import { unusableModels } from './model-problem.ts';
import { simpleParts } from './resolve-consortium.ts';
import { resolveModel } from './resolve-model.ts';
import type { KeySource, ModelProblem, ResolvedModel } from './resolved-model.ts';

/** Provider keys that are named one by one when there is no model; the others are only counted. */
const NAMED_KEYS = 5;

/**
 * Resolves the models that a command was given, or the default ones of the settings.
 *
 * @throws TuttiError `bad_usage` when there is none; `unknown_model`, `missing_key` or `bad_settings` with
 *   every model that cannot be asked.
 */
export function chooseModels(
  references: readonly string[],
  configuration: ModelContext & { readonly settings: Settings },
): ResolvedModel[] {
  const asked = references.length > 0 ? references : configuration.settings.models.value;
  if (asked.length === 0) throw noModel(configuration);
  const resolved = asked.map((reference) => resolveModel(reference, configuration));
  const problems = resolved.filter((model): model is ModelProblem => model.kind === 'problem');
  if (problems.length > 0) throw unusableModels(problems);
  return resolved.filter((model): model is ResolvedModel => model.kind !== 'problem');
}

/** Which keys and which unusual addresses models are asked with. */
export interface ModelSources {
  /** True when one of them is simulated. */
  readonly simulated: boolean;
  /** The keys that are sent, by variable and where it was found. */
  readonly keys: readonly Pick<KeySource, 'variable' | 'where'>[];
  /** Endpoints that are not asked where their provider is, with what set the address. */
  readonly addresses: readonly {
    readonly endpoint: string;
    readonly host: string;
    readonly source: string;
  }[];
}

/** Tells which keys and which unusual addresses models and their parts are asked with, each once. */
export function sourcesOf(models: readonly ResolvedModel[]): ModelSources {
  const keys = new Map<string, ModelSources['keys'][number]>();
  const addresses = new Map<string, ModelSources['addresses'][number]>();
  const parts = models.flatMap(simpleParts);
  for (const model of parts) {
    if (model.kind === 'sim') continue;
    const { keySource, baseUrlSource, endpointName, baseUrl } = model;
    if (keySource) {
      const { variable, where } = keySource;
      keys.set(`${variable} ${where}`, { variable, where });
    }
    if (baseUrlSource) {
      const address = { endpoint: endpointName, host: hostOf(baseUrl), source: baseUrlSource };
      addresses.set(Object.values(address).join(' '), address);
    }
  }
  return {
    simulated: parts.some(({ kind }) => kind === 'sim'),
    keys: [...keys.values()],
    addresses: [...addresses.values()],
  };
}

function noModel(configuration: ModelContext & { readonly settings: Settings }): TuttiError {
  const reports = reportKeys(configuration).filter(({ keyVariables }) => keyVariables.length > 0);
  const found = reports.filter(({ key }) => key !== null);
  const lines = ['no model to ask: none was named, and the settings name no default models'];
  if (found.length > 0) {
    const names = new Set(found.map(({ key }) => `${key!.variable} (${key!.where})`));
    lines.push(`keys found: ${[...names].join(', ')}`);
  } else {
    const named = reports.slice(0, NAMED_KEYS).map(({ keyVariables }) => keyVariables.join(' or '));
    const more = reports.length - named.length;
    lines.push(
      `keys looked for, none found: ${named.join(', ')}${more > 0 ? `, … ${more} more` : ''}`,
    );
  }
  const first = found[0]?.name ?? 'openai';
  return new TuttiError('bad_usage', lines.join('\n'), {
    hint: [
      found.length > 0
        ? `name a model:   tutti ask "…" -m ${first}/MODEL`
        : 'set a key:      export OPENAI_API_KEY=…   or keep it: tutti keys set openai',
      'without a key:  tutti ask "…" -m http://localhost:11434/v1#MODEL   (any OpenAI-compatible server)',
      'simulated:      tutti ask "…" -m sim/quick -m sim/careful   or   tutti try',
      'all providers:  tutti models',
    ].join('\n'),
  });
}

function hostOf(baseUrl: string): string {
  return URL.parse(baseUrl)?.host ?? baseUrl;
}
