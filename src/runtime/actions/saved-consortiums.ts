import { resolve } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { checkConsortiumName, isConsortiumPath } from '../consortiums/consortium-name.ts';
import { type FilledConsortium, filledConsortium } from '../consortiums/consortium-options.ts';
import { type ConsortiumRequest, givenConsortium } from '../consortiums/given-consortium.ts';
import { keepConsortium, removeKept } from '../consortiums/keep-consortium.ts';
import { consortiumFolder, consortiumPath } from '../consortiums/saved-consortiums.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import type { Configuration } from '../context/configuration.ts';
import { readSmallFile } from '../environment/private-file.ts';
import { chooseConsortium, reviewConsortium } from '../models/choose-consortium.ts';

/** A consortium that is to be kept. */
export interface SaveConsortiumRequest extends ConsortiumRequest {
  readonly name: string;
  /** True puts it in the place of the one that has the name; default false. */
  readonly replace?: boolean | undefined;
}

/** A consortium that was kept. */
export interface SavedConsortium {
  readonly path: string;
  /** True when it took the place of an older one. */
  readonly replaced: boolean;
  readonly hash: string;
  /** What is hardly meant, a sentence each. */
  readonly warnings: readonly string[];
}

/** A definition as it is shown: its defaults filled in, its models not opened. */
export type ShownDefinition = Omit<FilledConsortium, 'strategies'> & {
  readonly strategies: readonly Pick<
    FilledConsortium['strategies'][number],
    'name' | 'parameters'
  >[];
};

/** A saved consortium in a list. */
export interface ListedConsortium
  extends Pick<ShownDefinition, 'members' | 'arbiters' | 'strategies'> {
  readonly name: string;
  readonly path: string;
  /** Everything that is wrong with its file; none where that can be used. */
  readonly problems: readonly string[];
}

/** What is known of one consortium. */
export interface ShownConsortium extends ShownDefinition {
  readonly name: string;
  readonly path: string;
  /** Null where something is wrong. */
  readonly hash: string | null;
  /** The file as it is written. */
  readonly text: string;
  /** Everything that is wrong with it and its models. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Keeps a consortium under a name, which is then a model; sends nothing.
 *
 * @throws TuttiError `bad_usage` with everything that is wrong with it, and where the name is taken; `file_unwritable`
 */
export async function saveConsortium(
  context: ActionContext,
  { name, replace = false, ...request }: SaveConsortiumRequest,
): Promise<SavedConsortium> {
  checkConsortiumName(name);
  const configuration = await readConfiguration(context);
  refuseTakenName(name, configuration);
  const given = await givenConsortium(request, configuration.consortiums, context);
  const own = (given.options.strategies ?? []).filter((strategy) => strategy.own !== undefined);
  const further = own.map(
    (strategy) =>
      `--strategy ${plainLine(strategy.name, 200)}: a file of your own is named each time, and never saved.`,
  );
  // Under its name, so that a circle through it is found.
  const { hash, found } = chooseConsortium({ ...given, name }, configuration, further);
  const { writeConsortium } = await import('../consortiums/write-consortium.ts');
  const text = writeConsortium(found.options);
  const kept = await keepConsortium(configuration.home, name, text, replace);
  return { ...kept, hash, warnings: found.warnings };
}

/** Lists the saved consortiums, each with what is wrong with its file; sends nothing. */
export async function listConsortiums(
  context: ActionContext,
): Promise<readonly ListedConsortium[]> {
  const { consortiums, home } = await readConfiguration(context);
  const folder = consortiumFolder(home) ?? '';
  return consortiums.names().flatMap((name) => {
    const found = consortiums.find(name);
    if (found === undefined) return [];
    const { members, arbiters, strategies } = shownDefinition(found.options);
    const path = consortiumPath(folder, name);
    return [{ name, path, members, arbiters, strategies, problems: found.problems }];
  });
}

/**
 * Shows one consortium, saved or in a file, with all that is wrong with it and its models; sends nothing.
 *
 * @throws TuttiError `bad_usage` for a name that no consortium has; `file_missing`, `file_unreadable`
 */
export async function showConsortium(
  context: ActionContext,
  { consortium }: { readonly consortium: string },
): Promise<ShownConsortium> {
  const configuration = await readConfiguration(context);
  const { workingFolder } = context;
  const found = await givenConsortium({ consortium }, configuration.consortiums, context);
  const path = isConsortiumPath(consortium)
    ? resolve(workingFolder, consortium)
    : consortiumPath(consortiumFolder(configuration.home) ?? '', consortium);
  const { resolved, problems } = reviewConsortium(found, configuration);
  const file = await readSmallFile(path);
  return {
    name: found.name,
    path,
    ...shownDefinition(found.options),
    hash: resolved?.hash ?? null,
    text: file?.bytes.toString('utf8') ?? '',
    problems: problems.map(({ message, hint }) =>
      hint === null ? message : `${message} (${hint})`,
    ),
    warnings: found.warnings,
  };
}

/** Removes a saved consortium; false when there was none. */
export async function removeConsortium(context: ActionContext, name: string): Promise<boolean> {
  const { home } = await readConfiguration(context, { withProject: false, references: [] });
  return removeKept(home, name);
}

function shownDefinition(options: Parameters<typeof filledConsortium>[0]): ShownDefinition {
  const filled = filledConsortium(options);
  const strategies = filled.strategies.map(({ name, parameters }) => ({ name, parameters }));
  return { ...filled, strategies };
}

/** A name that means something else already would never be found. */
function refuseTakenName(name: string, { settings, providers }: Configuration): void {
  const alias = settings.aliases.get(name);
  const isEndpoint =
    settings.endpoints.has(name) || providers.some((provider) => provider.name === name);
  if (alias === undefined && !isEndpoint) return;
  const what = alias === undefined ? 'an endpoint' : `an alias (${alias.where})`;
  throw new TuttiError('bad_usage', `${name} is the name of ${what} already`, {
    hint: 'Choose another name.',
  });
}
