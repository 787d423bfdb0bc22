import {
  type ConsortiumDefinition,
  consortiumProblems,
  consortiumWarnings,
  STRATEGIES,
} from '../../panel/index.ts';
import { type ConsortiumOptions, filledConsortium, instanceIds } from './consortium-options.ts';
import { parseConsortium } from './parse-consortium.ts';
import type { FoundConsortium, ReadConsortium, StrategyModel } from './saved-consortiums.ts';

/** What is known of a consortium before it is checked. */
export interface UncheckedConsortium extends Pick<FoundConsortium, 'name' | 'options' | 'place'> {
  /** What cannot be read of it; where there is such, only its models are looked at further. */
  readonly problems: readonly string[];
  /** Gives the place of an option by its key; default none. */
  readonly placeOf?: (key: string) => string;
}

/** Checks all of a consortium but its models. This module loads what that takes: import it only where there is one. */
export function checkedConsortium(unchecked: UncheckedConsortium): FoundConsortium {
  const { name, options, problems: unreadable, place, placeOf } = unchecked;
  const found = { name, options, place, unreadable };
  if (unreadable.length > 0) {
    return { ...found, problems: unreadable, warnings: [], strategyModels: [] };
  }
  const definition = definitionOf(options);
  const located = (sentence: string) =>
    placeOf === undefined ? sentence : `${placeOf(keyOf(sentence))}: ${sentence}`;
  const problems = consortiumProblems(definition).map(located);
  const warnings = problems.length > 0 ? [] : consortiumWarnings(definition);
  return { ...found, problems, warnings, strategyModels: strategyModelsOf(options) };
}

/** Reads the file of a consortium, with all that is wrong with it. */
export const readConsortium: ReadConsortium = (name, bytes, label) => {
  const { options, problems, place } = parseConsortium(bytes, label);
  return checkedConsortium({
    name,
    options,
    problems: problems.map(({ where, message }) => `${where}: ${message}`),
    place: (part, index) => place([part, index]),
    placeOf: (key) => place([key]),
  });
};

function definitionOf(options: ConsortiumOptions): ConsortiumDefinition {
  const filled = filledConsortium(options);
  const ids = instanceIds(filled.members);
  const members = filled.members.flatMap(({ weight }, index) =>
    ids[index]!.map((id) => ({ id, weight })),
  );
  return { ...filled, members };
}

/** The key of a file that a sentence is about: its first word, or what it speaks of. */
function keyOf(sentence: string): string {
  const [first = ''] = /^[a-zA-Z]+/.exec(sentence) ?? [];
  if (KEYS.has(first)) return first;
  if (/strateg|elimination/.test(sentence)) return 'strategy';
  return /arbiter/.test(sentence) ? 'arbiter' : 'members';
}

const KEYS: ReadonlySet<string> = new Set([
  ...['quorum', 'confidenceThreshold', 'maxIterations', 'minIterations', 'memberTimeout'],
  ...['extract', 'judging'],
]);

function strategyModelsOf({ strategies = [] }: ConsortiumOptions): StrategyModel[] {
  return strategies.flatMap(({ name, own, parameters }, strategy) => {
    const known = own ?? (Object.hasOwn(STRATEGIES, name) ? STRATEGIES[name] : undefined);
    const named = (known?.parameters ?? []).filter(({ kind }) => kind === 'model');
    return named.flatMap(({ name: parameter }): StrategyModel[] => {
      const model = parameters[parameter];
      return typeof model === 'string' ? [{ strategy, parameter, model }] : [];
    });
  });
}
