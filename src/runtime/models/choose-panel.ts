import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { Settings } from '../settings/settings.ts';
import { chooseModels } from './choose-models.ts';
import type { ModelContext } from './model-context.ts';
import type { ResolvedModel } from './resolved-model.ts';

/** Judges tell answers apart by letters. */
const MOST_MODELS = 26;

/** Who answers, and who ranks the answers. */
export interface PanelRequest {
  /** References as given; empty: the default models of the settings. */
  readonly models: readonly string[];
  /** References as given; empty: the models themselves. */
  readonly judges: readonly string[];
}

/** The same, found. A judge that is one of the models, by whatever name, is the same object. */
export interface ResolvedPanel {
  readonly models: readonly ResolvedModel[];
  readonly judges: readonly ResolvedModel[];
}

/**
 * Finds the models of a panel.
 *
 * @throws TuttiError `bad_usage` for fewer than 2 models, more than 26, and one that is named twice, a judge by any name; `unknown_model`,
 *   `missing_key` or `bad_settings` with every model that cannot be asked
 */
export function choosePanel(
  { models, judges }: PanelRequest,
  configuration: ModelContext & { readonly settings: Settings },
): ResolvedPanel {
  const answering = models.length > 0 ? models : configuration.settings.models.value;
  const wrong = [
    ...twice(answering).map((name) => `the model ${name} is named twice`),
    ...twice(judges).map((name) => `the judge ${name} is named twice`),
    ...(answering.length === 1 ? ['there is one model, and nothing to rank'] : []),
    ...(answering.length > MOST_MODELS
      ? [`there are ${answering.length} models, and judges can tell ${MOST_MODELS} apart`]
      : []),
  ];
  if (wrong.length > 0) {
    throw new TuttiError('bad_usage', wrong.join('\n'), {
      hint: `Name 2 to ${MOST_MODELS} models with -m, and judges with --judge, each once.`,
    });
  }
  // All together, so that all that is wrong is told at once; without a model there is another thing to say.
  const all = chooseModels(answering.length === 0 ? [] : [...answering, ...judges], configuration);
  const found = all.slice(0, answering.length);
  const others = all.slice(answering.length);
  refuseSameJudges(others);
  // Its votes on its own answer are its own under another name, too.
  const sameAs = (judge: ResolvedModel) =>
    found.find(({ reference }) => reference === judge.reference) ??
    found.find(({ laneName }) => laneName === judge.laneName) ??
    judge;
  return { models: found, judges: others.length === 0 ? found : others.map(sameAs) };
}

function refuseSameJudges(judges: readonly ResolvedModel[]): void {
  const same = [...Map.groupBy(judges, ({ laneName }) => laneName).values()]
    .filter(({ length }) => length > 1)
    .map((group) => group.map(({ reference }) => plainLine(reference, 100)).join(' and '));
  if (same.length === 0) return;
  const lines = same.map((names) => `the judges ${names} are the same model`);
  throw new TuttiError('bad_usage', lines.join('\n'), { hint: 'Name each judge once.' });
}

function twice(names: readonly string[]): readonly string[] {
  const trimmed = names.map((name) => name.trim());
  const repeated = trimmed.filter((name, at) => trimmed.indexOf(name) !== at);
  return [...new Set(repeated)].map((name) => plainLine(name, 100));
}
