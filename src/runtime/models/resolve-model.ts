import { nearestName } from '../../core/nearest-name.ts';
import { plainLine } from '../../core/plain-text.ts';
import { parameterProblem, readSimName } from '../../sim/settings/find-sim-model.ts';
import { modelAtEndpoint, modelAtProvider, modelAtUrl } from './endpoint-model.ts';
import type { ModelContext } from './model-context.ts';
import { modelProblem } from './model-problem.ts';
import { parseReference } from './references.ts';
import { resolveConsortium } from './resolve-consortium.ts';
import type { ModelProblem, ResolvedModel } from './resolved-model.ts';

const UNKNOWN_SIMULATED = 'no simulated model has that name';

/** What prompto calls the model by which it is tried out. */
const TEST_API = 'test';

/**
 * Finds the model that a reference names: `BASE_URL#model-id`, `sim/NAME`, an alias, a saved consortium, a name of
 * `endpoints:` or a provider before the first slash. Never throws: callers list all problems at once.
 */
export function resolveModel(
  reference: string,
  context: ModelContext,
): ResolvedModel | ModelProblem {
  return streamedAsSet(resolveWritten(reference, context), context);
}

/** An endpoint's own word on streaming comes before that of all. */
function streamedAsSet(
  model: ResolvedModel | ModelProblem,
  { settings }: ModelContext,
): ResolvedModel | ModelProblem {
  const stream = settings.run.stream.value;
  // The parts of a consortium have it already.
  if (model.kind === 'problem' || model.kind === 'consortium') return model;
  return stream === null || model.stream !== undefined ? model : { ...model, stream };
}

function resolveWritten(reference: string, context: ModelContext): ResolvedModel | ModelProblem {
  const written = reference.trim();
  let current = written;
  const passed = new Set<string>();
  for (;;) {
    const alias = context.settings.aliases.get(current);
    if (alias === undefined) break;
    if (passed.has(current)) {
      const round = [...passed, current].join(' -> ');
      return problem(
        written,
        `is an alias of itself (${alias.where}: ${round})`,
        'Break the circle.',
      );
    }
    passed.add(current);
    current = alias.value.trim();
  }
  const given = context.givenConsortium;
  if (given?.name === current) return resolveConsortium(written, given, context, resolveModel);
  const parsed = parseReference(current);
  if (parsed.kind === 'wrong' && isYaml(written)) return fileProblem(written);
  if (parsed.kind === 'wrong') return problem(written, parsed.problem, parsed.hint);
  if (parsed.kind === 'word') return resolveWord(written, parsed.word, context);
  if (parsed.kind === 'url') return modelAtUrl(written, parsed.baseUrl, parsed.modelId);
  return modelAt(written, parsed.prefix, parsed.modelId, context);
}

/**
 * Finds the model of an experiment line that names `api` and `model_name`, as prompto's do.
 *
 * @param modelName null where the line has none: a few APIs do without.
 */
export function resolvePair(
  api: string,
  modelName: string | null,
  context: ModelContext,
): ResolvedModel | ModelProblem {
  if (modelName === null) return streamedAsSet(resolveUnnamed(api, context), context);
  const reference = `${api}/${modelName}`;
  if (modelName.trim() === '') return problem(reference, 'names no model', 'Fill in model_name.');
  return streamedAsSet(modelAt(reference, api, modelName, context), context);
}

function resolveUnnamed(api: string, context: ModelContext): ResolvedModel | ModelProblem {
  if (needsNoName(api, context)) return modelAt(api, api, '', context);
  if (!prefixes(context).includes(api)) return modelAt(api, api, '', context);
  const message = 'the row has "api" but no "model_name"';
  const hint = 'Add "model_name", or write "model": "openai/NAME".';
  return { kind: 'problem', code: 'unknown_model', reference: api, message, hint };
}

function needsNoName(prefix: string, { providers, settings }: ModelContext): boolean {
  const entry = settings.endpoints.get(prefix)?.value;
  const name = entry === undefined ? prefix : entry.provider;
  if (entry === undefined && prefix === TEST_API) return true;
  return providers.some((one) => one.name === name && one.modelOptional === true);
}

function modelAt(
  reference: string,
  prefix: string,
  modelId: string,
  context: ModelContext,
): ResolvedModel | ModelProblem {
  if (prefix === 'sim') return simulated(reference, modelId, context);
  const entry = context.settings.endpoints.get(prefix);
  if (entry) return modelAtEndpoint(reference, prefix, modelId, entry, context);
  if (prefix === TEST_API) return testModel(reference, modelId);
  const provider = context.providers.find(({ name }) => name === prefix);
  if (provider) return modelAtProvider(reference, provider, modelId, context);
  if (isYaml(reference)) return fileProblem(reference);
  const near = nearProviders(prefix, context).map((name) => `${name}/${plainLine(modelId)}`);
  return problem(
    reference,
    `no provider or endpoint is called ${plainLine(prefix, 60)}`,
    near.length === 0 ? 'All names: tutti models' : `Did you mean ${near.join(' or ')}?`,
  );
}

/** The one that is written most like a word, or those of whose vendor it is the name, such as `google`. */
function nearProviders(word: string, context: ModelContext): readonly string[] {
  const near = nearestName(word, prefixes(context));
  const wanted = word.toLowerCase();
  const named = context.providers.filter(({ label }) =>
    label.toLowerCase().split(/\W+/).includes(wanted),
  );
  if (named.length > 0 && near?.toLowerCase() !== wanted) {
    return named.map(({ name }) => name).slice(0, 3);
  }
  return near === undefined ? [] : [near];
}

function isYaml(text: string): boolean {
  return /\.ya?ml$/i.test(text);
}

/** A consortium's file is read by the commands of consortiums alone. */
function fileProblem(reference: string): ModelProblem {
  const hint = `Keep a consortium under a name, which is a model: tutti consortium save NAME ${plainLine(reference, 200)}`;
  return problem(reference, 'is a file, and no model', hint);
}

function simulated(
  reference: string,
  modelId: string,
  { simulated: names }: ModelContext,
): ResolvedModel | ModelProblem {
  const wrong = parameterProblem(modelId);
  if (wrong !== null) return problem(reference, plainLine(wrong.problem), plainLine(wrong.hint));
  if (names.includes(readSimName(modelId).base)) {
    const laneName = `sim/${modelId}`;
    return { kind: 'sim', reference, modelId, simulatedAs: modelId, endpointName: 'sim', laneName };
  }
  const [base = '', ...parameters] = modelId.split('?');
  const near = nearestName(base, names);
  const what =
    near === base ? 'has parameters, which only sim/member and sim/judge take' : UNKNOWN_SIMULATED;
  return problem(
    reference,
    what,
    near === undefined
      ? `There are: ${names.join(', ')}.`
      : `Did you mean sim/${[near, ...(near === base ? [] : parameters)].join('?')}?`,
  );
}

/** Whatever it is called, it is the simulated model of that name; limits tell its names apart. */
function testModel(reference: string, modelId: string): ResolvedModel {
  const laneName = modelId === '' ? `sim/${TEST_API}` : `sim/${TEST_API}/${modelId}`;
  return {
    kind: 'sim',
    reference,
    modelId,
    simulatedAs: TEST_API,
    endpointName: TEST_API,
    laneName,
  };
}

function resolveWord(
  reference: string,
  word: string,
  context: ModelContext,
): ResolvedModel | ModelProblem {
  if (needsNoName(word, context)) return modelAt(reference, word, '', context);
  if (prefixes(context).includes(word)) {
    const hint = `Write ${word}/ and the model's id.`;
    return problem(reference, 'names an endpoint, but no model', hint);
  }
  const consortium = context.consortiums?.find(word);
  if (consortium) return resolveConsortium(reference, consortium, context, resolveModel);
  if (isYaml(word)) return fileProblem(reference);
  const [, before = '', id = ''] = /^([^:]+):(.+)$/.exec(word) ?? [];
  if (prefixes(context).includes(before)) {
    const hint = `Did you mean ${before}/${plainLine(id)}?`;
    return problem(reference, 'has a colon where a model has a slash', hint);
  }
  const names = [...context.settings.aliases.keys(), ...(context.consortiums?.names() ?? [])];
  const near = nearestName(word, names);
  const help = near === undefined ? '' : `Did you mean ${near}? `;
  const hint = `${help}Write provider/model-id, such as openai/${plainLine(word, 60)}; names: tutti models`;
  return problem(reference, 'is no alias and no consortium, and names no provider', hint);
}

function prefixes({ providers, settings }: ModelContext): string[] {
  return ['sim', TEST_API, ...settings.endpoints.keys(), ...providers.map(({ name }) => name)];
}

function problem(reference: string, what: string, hint: string): ModelProblem {
  return modelProblem('unknown_model', reference, what, hint);
}
