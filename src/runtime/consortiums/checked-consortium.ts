import {
  type ConsortiumDefinition,
  consortiumWarnings,
  definitionProblems,
  STRATEGIES,
} from '../../panel/index.ts';
import { type ConsortiumOptions, filledConsortium, instanceIds } from './consortium-options.ts';
import { parseConsortium } from './parse-consortium.ts';
import type { FoundConsortium, ReadConsortium, StrategyModel } from './saved-consortiums.ts';

/** What is known of a consortium before it is checked. */
export interface UncheckedConsortium extends Pick<FoundConsortium, 'name' | 'options' | 'place'> {
  /** What cannot be read of it, a sentence each. */
  readonly problems: readonly string[];
  /** The keys of a file that these are about: nothing further is said of them. */
  readonly wrongKeys: ReadonlySet<string>;
  /** Gives the place of what keys of a file say, of the first that is there; default none. */
  readonly placeOf?: (keys: readonly string[]) => string;
}

/** Checks all of a consortium but its models. This module loads what that takes: import it only where there is one. */
export function checkedConsortium(unchecked: UncheckedConsortium): FoundConsortium {
  const { name, options, problems: unreadable, wrongKeys, place, placeOf } = unchecked;
  const definition = definitionOf(options);
  const found = definitionProblems(definition).flatMap(({ keys, message }) => {
    if (keys.some((key) => wrongKeys.has(key))) return [];
    return [placeOf === undefined ? message : `${placeOf(keys)}: ${message}`];
  });
  const problems = [...unreadable, ...found];
  const warnings = problems.length > 0 ? [] : consortiumWarnings(definition);
  const strategyModels = strategyModelsOf(options);
  return { name, options, place, unreadable, wrongKeys, problems, warnings, strategyModels };
}

/** Reads the file of a consortium, with all that is wrong with it. */
export const readConsortium: ReadConsortium = (name, bytes, label) => {
  const { options, problems, wrongKeys, place } = parseConsortium(bytes, label);
  const whole = place([]);
  return checkedConsortium({
    name,
    options,
    problems: problems.map(({ where, message }) => `${where}: ${message}`),
    wrongKeys,
    place: (part, index) => place([part, index]),
    placeOf: (keys) => keys.map((key) => place([key])).find((one) => one !== whole) ?? whole,
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
