import type { JsonObject, JsonValue } from '../../../core/json.ts';
import { nearestName } from '../../../core/nearest-name.ts';
import { plainLine } from '../../../core/plain-text.ts';
import { answerExtractor } from '../../../scorers/extraction/answer-extractor.ts';
import type { Strategy, StrategyParameter } from './strategy.ts';

/** The parameters of a strategy with their defaults, and what is wrong with those that were given. */
export interface ReadParameters {
  readonly parameters: JsonObject;
  /** A sentence each. */
  readonly problems: readonly string[];
}

/** Reads the parameters of a strategy. */
export function readParameters(strategy: Strategy, given: JsonObject): ReadParameters {
  const names = strategy.parameters.map(({ name }) => name);
  const problems = Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => unknownParameter(strategy.name, name, names));
  const read = new Map<string, JsonValue>();
  for (const parameter of strategy.parameters) {
    const { name } = parameter;
    const value = Object.hasOwn(given, name) ? given[name]! : parameter.default;
    if (value === undefined)
      problems.push(`The strategy ${strategy.name} needs ${name}: ${parameter.about}.`);
    else if (Object.hasOwn(given, name)) {
      const wrong = wrongValue(parameter, value);
      if (wrong !== null) problems.push(`${name} of the strategy ${strategy.name} ${wrong}.`);
    }
    read.set(name, value ?? null);
  }
  return { parameters: Object.fromEntries(read), problems };
}

function unknownParameter(strategy: string, name: string, names: readonly string[]): string {
  const shown = JSON.stringify(plainLine(name, 60));
  if (names.length === 0)
    return `The strategy ${strategy} has no parameter ${shown}: it takes none.`;
  const nearest = nearestName(name, [...names]);
  const meant = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return `The strategy ${strategy} has no parameter ${shown}.${meant} It has ${names.join(', ')}.`;
}

/** What is wrong with a value, as the end of a sentence; null for a good one. */
function wrongValue(
  { kind, least, most, default: usual }: StrategyParameter,
  value: JsonValue,
): string | null {
  if (value === null && usual === null) return null;
  switch (kind) {
    case 'number':
    case 'whole': {
      const [low, high] = [least ?? Number.NEGATIVE_INFINITY, most ?? Number.POSITIVE_INFINITY];
      const isKind =
        typeof value === 'number' && (kind === 'number' || Number.isSafeInteger(value));
      if (isKind && value >= low && value <= high) return null;
      const bounds = [
        least === undefined ? '' : ` from ${least}`,
        most === undefined ? '' : ` to ${most}`,
      ];
      return `must be a ${kind === 'whole' ? 'whole ' : ''}number${bounds.join('')}`;
    }
    case 'text':
    case 'model':
      return typeof value === 'string' && value.trim() !== '' ? null : 'must be a text';
    case 'texts': {
      const isList = Array.isArray(value) && value.length > 0;
      return isList && value.every((one) => typeof one === 'string' && one.trim() !== '')
        ? null
        : 'must be a list of texts';
    }
    case 'extract': {
      if (typeof value !== 'string') return 'must be a text';
      const extractor = answerExtractor(value);
      return 'problem' in extractor ? extractor.problem : null;
    }
  }
}
