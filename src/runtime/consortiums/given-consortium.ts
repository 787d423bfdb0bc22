import { resolve } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { ChosenStrategy } from '../../panel/index.ts';
import { readSmallFile } from '../environment/private-file.ts';
import type { UncheckedConsortium } from './checked-consortium.ts';
import { isConsortiumPath } from './consortium-name.ts';
import { type ConsortiumOptions, overriddenOptions } from './consortium-options.ts';
import { unknownConsortium } from './keep-consortium.ts';
import { readMemberWord } from './member-word.ts';
import type { ConsortiumSource, FoundConsortium } from './saved-consortiums.ts';
import { isStrategyFile, loadStrategy } from './strategy-file.ts';
import { type StrategyParameterWord, withStrategyParameters } from './strategy-parameters.ts';

/** What a consortium is called that has only flags. */
const UNNAMED_CONSORTIUM = 'consortium';

/** What flags say of a consortium, as they were written. */
export interface ConsortiumFlags
  extends Omit<ConsortiumOptions, 'members' | 'arbiters' | 'strategies'> {
  /** Each `MODEL[:N]`; default those of the file. */
  readonly members?: readonly string[] | undefined;
  readonly arbiters?: readonly string[] | undefined;
  /** Names of strategies. */
  readonly strategies?: readonly string[] | undefined;
  /** Each `STRATEGY.NAME` and its value, over what a file says; default none. */
  readonly strategyParameters?: readonly StrategyParameterWord[] | undefined;
  /** Up to 1 a share, above 1 per cent. */
  readonly confidenceThreshold?: number | undefined;
}

/** Where paths count from, and what a strategy's file is run with. */
export interface ConsortiumContext {
  readonly workingFolder: string;
  readonly clock: Clock;
  /** Receives what a strategy's file prints, as it does what a scorer's prints. Default: it is lost. */
  readonly onScorerOutput?: ((text: string) => void) | undefined;
}

/** Which consortium is meant. */
export interface ConsortiumRequest {
  /** A saved one's name, or the path of a file; undefined: the flags name its members. */
  readonly consortium?: string | undefined;
  /** They come before what the file says; default none. */
  readonly flags?: ConsortiumFlags | undefined;
}

/**
 * Finds the consortium that a name, a file and flags mean. What is wrong with it is told with it.
 *
 * @throws TuttiError `bad_usage` for a name that no consortium has; `file_missing`, `file_unreadable`
 */
export async function givenConsortium(
  { consortium, flags = {} }: ConsortiumRequest,
  saved: ConsortiumSource,
  context: ConsortiumContext,
): Promise<FoundConsortium> {
  const over = await optionsOfFlags(flags, context);
  const { checkedConsortium } = await import('./checked-consortium.ts');
  if (consortium === undefined) {
    const filled = withParameters(over.options, flags);
    const problems = [...over.problems, ...filled.problems];
    const { options } = filled;
    return checkedConsortium({
      ...{ ...over, name: UNNAMED_CONSORTIUM, options, problems, place: () => null },
    });
  }
  const found = isConsortiumPath(consortium)
    ? await consortiumOfFile(consortium, context.workingFolder)
    : saved.find(consortium);
  if (found === undefined) throw unknownConsortium(consortium, saved.names());
  const given = Object.entries(over.options).filter(([, value]) => value !== undefined);
  const words = flags.strategyParameters ?? [];
  if (given.length + words.length === 0 && over.problems.length === 0) return found;
  const filled = withParameters(overriddenOptions(found.options, over.options), flags);
  const places = { members: 'members', arbiter: 'arbiters', strategy: 'strategies' } as const;
  const isOver = (part: keyof typeof places) => over.options[places[part]] !== undefined;
  return checkedConsortium({
    name: found.name,
    options: filled.options,
    // What is wrong with the whole is found again.
    problems: [...found.unreadable, ...over.problems, ...filled.problems],
    wrongKeys: new Set([...found.wrongKeys, ...over.wrongKeys]),
    place: (part, index) => (isOver(part) ? null : found.place(part, index)),
  });
}

function withParameters(
  options: ConsortiumOptions,
  { strategyParameters: words = [] }: ConsortiumFlags,
): { readonly options: ConsortiumOptions; readonly problems: readonly string[] } {
  if (words.length === 0) return { options, problems: [] };
  const { strategies, problems } = withStrategyParameters(options.strategies ?? [], words);
  return { options: { ...options, strategies }, problems };
}

/**
 * Reads a consortium's file by its path; the path is its name.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`
 */
async function consortiumOfFile(path: string, workingFolder: string): Promise<FoundConsortium> {
  const file = await readSmallFile(resolve(workingFolder, path));
  if (file === null) {
    throw new TuttiError(
      'file_missing',
      `${plainLine(path, 500)} does not exist, or may not be read.`,
      { hint: 'A name without a slash and without .yaml is a saved consortium.' },
    );
  }
  const { readConsortium } = await import('./checked-consortium.ts');
  return readConsortium(path, file.bytes, plainLine(path, 500));
}

/** Reads flags; what is wrong with them, as whole sentences. */
async function optionsOfFlags(
  flags: ConsortiumFlags,
  { workingFolder, clock, onScorerOutput: onOutput }: ConsortiumContext,
): Promise<Pick<UncheckedConsortium, 'options' | 'problems' | 'wrongKeys'>> {
  const { members: words, arbiters, strategies, strategyParameters: _, ...others } = flags;
  const { confidenceThreshold: threshold, ...rest } = others;
  const problems: string[] = [];
  const wrongKeys = new Set<string>();
  const members = words?.flatMap((word) => {
    const read = readMemberWord(word);
    if ('value' in read) return [read.value];
    problems.push(`-m ${plainLine(word, 100)} ${read.problem}.`);
    // It is one all the same: whatever else is wrong is told.
    return [{ model: '', count: 1 }];
  });
  if (threshold !== undefined && !(threshold >= 0 && threshold <= 100)) {
    wrongKeys.add('confidenceThreshold');
    problems.push(
      'The confidence threshold must be from 0 to 1 as a share, or above 1 to 100 per cent.',
    );
  }
  const chosen: ChosenStrategy[] = [];
  for (const name of strategies ?? []) {
    if (!isStrategyFile(name)) chosen.push({ name, parameters: {} });
    else {
      const loaded = await loadStrategy(name, {
        ...{ path: resolve(workingFolder, name), clock, onOutput },
      });
      if (typeof loaded === 'string') {
        problems.push(loaded);
        wrongKeys.add('strategy');
      } else chosen.push({ name, parameters: {}, own: loaded });
    }
  }
  const options: ConsortiumOptions = {
    ...rest,
    members,
    arbiters,
    strategies: strategies && chosen,
    confidenceThreshold:
      threshold === undefined || threshold <= 1 ? threshold : Math.min(1, threshold / 100),
  };
  return { options, problems, wrongKeys };
}
