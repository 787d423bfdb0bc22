import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { ProviderDescription } from '../../providers/index.ts';
import type { FoundVariable } from '../environment/variable-layers.ts';
import { modelIdentifier } from '../environment/variable-names.ts';
import type { ModelProblem } from './resolved-model.ts';

/** Makes a problem with a reference; `what` continues the sentence that begins with the reference. */
export function modelProblem(
  code: ModelProblem['code'],
  reference: string,
  what: string,
  hint: string,
): ModelProblem {
  const shown = shownReference(reference);
  return { kind: 'problem', code, reference: shown, message: `${shown}: ${what}`, hint };
}

/** A reference as messages show it: an address loses what may be a password or a key, and control characters. */
export function shownReference(reference: string): string {
  if (!reference.includes('://')) return plainLine(reference) || '(empty)';
  // Up to the last @: a password may hold "#" and "/".
  const start = reference.indexOf('//');
  const at = reference.lastIndexOf('@');
  const bare = at < start + 2 ? reference : reference.slice(0, start + 2) + reference.slice(at + 1);
  return plainLine(bare.replace(/\?[^#]*/, '?...'));
}

/** The provider wants a key and none was found. */
export function missingKey(
  reference: string,
  provider: ProviderDescription,
  modelId: string,
): ModelProblem {
  const [usual = '', ...others] = provider.keyVariables;
  const own = `${usual}_${modelIdentifier(modelId)}`;
  const names = [usual, ...others, own].map((name) => plainLine(name, 100)).join(', ');
  const what = `${provider.label} needs a key; looked for ${names}`;
  const hint = `Set one: export ${usual}=...   or keep it: tutti keys set ${provider.name}`;
  return modelProblem('missing_key', reference, what, hint);
}

/** The provider has no usual address and none was set. */
export function missingAddress(reference: string, provider: ProviderDescription): ModelProblem {
  const [usual = 'its base URL', ...others] = provider.baseUrlVariables;
  const also = others.length > 0 ? ` (or ${others.join(', ')})` : '';
  const what = `${provider.label} has no usual address; looked for ${usual}${also}`;
  return modelProblem('bad_settings', reference, what, `Set it: export ${usual}=https://...`);
}

/** An address was set that cannot be one. */
export function badAddress(reference: string, owner: string, why: string): ModelProblem {
  const hint = 'Give an address such as https://host/v1.';
  return modelProblem('bad_settings', reference, `${owner} ${why}`, hint);
}

/** A key was found that cannot be sent in a header. */
export function badKey(reference: string, key: FoundVariable): ModelProblem {
  const what = `the key in ${key.name} (${key.where}) holds characters no key has`;
  const hint = 'Look for a space, a quote or a line break in it.';
  return modelProblem('bad_settings', reference, what, hint);
}

/** Makes one error of all models that cannot be asked: a line for each, and every hint once. */
export function unusableModels(problems: readonly ModelProblem[]): TuttiError {
  const lines = new Set(problems.map(({ message }) => message));
  const hints = new Set(problems.map(({ hint }) => hint));
  return new TuttiError(problems[0]?.code ?? 'unknown_model', [...lines].join('\n'), {
    hint: [...hints].join('\n'),
  });
}
