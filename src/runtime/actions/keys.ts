import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import type { Notice } from '../environment/notice.ts';
import { type KeyListing, keyVariableFor, listKeys as listFound } from '../keys/keys.ts';
import { removeKey as removeFromFile, setKey as writeToFile } from '../keys/keys-file.ts';

/** Lists which keys were found and where; at most three characters of each. */
export async function listKeys(
  context: ActionContext,
): Promise<{ readonly keys: readonly KeyListing[]; readonly notices: readonly Notice[] }> {
  const { layers, providers, settings, notices } = await ownConfiguration(context);
  return { keys: listFound(layers, { providers, endpoints: settings.endpoints }), notices };
}

/**
 * Finds the variable in which the key of a provider, an endpoint, a model or that variable itself is kept.
 *
 * @throws TuttiError `bad_usage` with the nearest name.
 */
export async function findKeyVariable(context: ActionContext, name: string): Promise<string> {
  const { providers, settings } = await ownConfiguration(context);
  return keyVariableFor(name, { providers, endpoints: settings.endpoints });
}

/**
 * Keeps a key in the user's own file.
 *
 * @param variable what `findKeyVariable` gave
 * @throws TuttiError `bad_usage` for a name or key that cannot be one, `file_unwritable`.
 */
export async function setKey(context: ActionContext, variable: string, key: string): Promise<void> {
  const { home } = await ownConfiguration(context);
  await writeToFile(home, variable, key);
}

/** Removes a key from the user's own file; false when there was none. */
export async function removeKey(context: ActionContext, variable: string): Promise<boolean> {
  const { home } = await ownConfiguration(context);
  return removeFromFile(home, variable);
}

/** Keys belong to the user: the working folder has no say. */
function ownConfiguration(context: ActionContext) {
  return readConfiguration(context, { withProject: false, references: [] });
}
