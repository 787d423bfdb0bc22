import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { ComparisonCollector } from './comparison-collector.ts';
import { GROUP_SYNONYMS, TIME_NAMES } from './delimited-columns.ts';
import { shownValue } from './invalid-values.ts';
import { jsonFeature } from './json-features.ts';
import { leakTest } from './leak-words.ts';
import type { ReadComparisonsOptions } from './read-options.ts';
import { dayOfTime, timeOfVerdict } from './time-of-verdict.ts';
import { unknownVerdict, verdictCode } from './verdict-words.ts';

/** What every reader of JSON lines needs. */
export interface JsonContext {
  readonly collector: ComparisonCollector;
  readonly options: ReadComparisonsOptions;
  readonly file: string;
}

/** Takes the object of a line and returns what is wrong with it, or null. */
export type TakeJson = (row: JsonValue, line: number) => string | null;

/** What a row says besides who met whom and who won. */
export interface RowExtras {
  readonly groups: readonly (readonly [string, string])[];
  readonly features: readonly (readonly [string, number])[];
  readonly weight: number;
}

/** Reads rows with two names and a verdict under the given keys. */
export function jsonRows(
  context: JsonContext,
  keys: { readonly left: string; readonly right: string; readonly verdict: string },
): TakeJson {
  const leaks = leakTest(context.options.leakWords ?? []);
  return (value) => {
    const row = value as JsonObject;
    const left = nameOf(row[keys.left]);
    const right = nameOf(row[keys.right]);
    const verdict = verdictCode(row[keys.verdict]);
    if (left === null || right === null) {
      const key = left === null ? keys.left : keys.right;
      return `${key} is ${shownValue(row[key])}, not a name`;
    }
    if (left === right) return `compares ${shownValue(left)} with itself`;
    if (verdict === undefined) {
      const named = row[keys.verdict] === left || row[keys.verdict] === right;
      return unknownVerdict(shownValue(row[keys.verdict]), named);
    }
    const extras = rowExtras(row, context.options);
    if (typeof extras === 'string') return extras;
    if (leaks(row)) context.collector.leaks += 1;
    else addRow(context.collector, left, right, verdict, extras);
    return null;
  };
}

/** Adds a row with all that belongs to it. */
export function addRow(
  collector: ComparisonCollector,
  left: string,
  right: string,
  verdict: number,
  extras: RowExtras,
): void {
  const items = [collector.item(left), collector.item(right)] as const;
  const row = collector.add(...items, verdict, extras.weight);
  for (const [column, name] of extras.groups) collector.setGroup(column, row, name);
  for (const [name, value] of extras.features) collector.setFeature(name, row, value);
}

/** A name: a text that is not empty, or a number; null for anything else. */
export function nameOf(value: JsonValue | undefined): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Groups, features, weight and day of a row, or what is wrong with them. */
export function rowExtras(row: JsonObject, options: ReadComparisonsOptions): RowExtras | string {
  const groups: [string, string][] = [];
  for (const [column, synonyms] of Object.entries(GROUP_SYNONYMS)) {
    const name = synonyms.map((key) => groupName(row[key])).find((found) => found !== null);
    if (name !== undefined) groups.push([column, name!]);
  }
  for (const column of options.keepColumns ?? []) {
    const name = groupName(row[column]);
    if (name !== null && !Object.hasOwn(GROUP_SYNONYMS, column)) groups.push([column, name]);
  }
  const weight = row.weight ?? 1;
  if (typeof weight !== 'number' || !(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
    return `the weight is ${shownValue(row.weight)}`;
  }
  if (options.days) {
    const time = timeOfVerdict(timeIn(row));
    const day = time === null ? '' : dayOfTime(time);
    if (day === '') return `the timestamp ${shownValue(timeIn(row))} is not understood`;
    groups.push(['day', day]);
  }
  const features: [string, number][] = [];
  for (const name of options.features ?? ownFeatures(row)) {
    const value = jsonFeature(row, name, options.featureForm ?? 'relative');
    if (!Number.isFinite(value)) return `${name} is not a number`;
    features.push([name, value]);
  }
  return { groups, features, weight };
}

function groupName(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function timeIn(row: JsonObject): JsonValue | undefined {
  const key = Object.keys(row).find((name) => TIME_NAMES.includes(name.toLowerCase()));
  return key === undefined ? undefined : row[key];
}

function ownFeatures(row: JsonObject): string[] {
  const own = row.features;
  return typeof own === 'object' && own !== null && !Array.isArray(own) ? Object.keys(own) : [];
}
