import type { JsonObject, JsonValue } from '../../core/json.ts';
import { VERDICT_CODES } from '../../ranking/index.ts';
import { type ChosenVerdict, chooseVerdict } from './choose-verdict.ts';
import type { ComparisonCollector } from './comparison-collector.ts';
import type { RowForm } from './comparison-forms.ts';
import { GROUP_SYNONYMS, TIME_NAMES } from './delimited-columns.ts';
import { shownValue } from './invalid-values.ts';
import { itemName } from './item-name.ts';
import { jsonFeature } from './json-features.ts';
import { leakTest } from './leak-words.ts';
import type { ReadComparisonsOptions } from './read-options.ts';
import { type RowVerdict, rowVerdict } from './row-verdict.ts';
import { dayOfTime, timeOfVerdict } from './time-of-verdict.ts';
import { addVerdict, isWithoutVerdict } from './verdict-rows.ts';
import { readVerdict, verdictText } from './verdict-words.ts';

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
  /** Prompt and turn, where units are told apart by turns. */
  readonly turn?: readonly [string, string] | undefined;
}

/** Reads rows with two names and a verdict, or several columns of one. */
export function jsonRows(context: JsonContext, form: RowForm): TakeJson {
  const leaks = leakTest(context.options.leakWords ?? []);
  return (value, line) => {
    const row = value as JsonObject;
    const left = nameOf(row[form.left]);
    const right = nameOf(row[form.right]);
    if (left === null || right === null) {
      const key = left === null ? form.left : form.right;
      return `${key} is ${shownValue(row[key])}, not a name`;
    }
    const verdict = verdictIn(context, row, form, [left, right]);
    if (typeof verdict === 'string') return verdict;
    if (!leaks(row)) return addJsonVerdict(context, row, [left, right], verdict, line);
    context.collector.leaks += 1;
    return null;
  };
}

function verdictIn(
  context: JsonContext,
  row: JsonObject,
  { kind, verdicts }: RowForm,
  names: readonly [string, string],
): ChosenVerdict | RowVerdict | string {
  const values = verdicts.map((key) => row[key]);
  if (kind !== 'word') return rowVerdict(kind, values, names);
  const named = namedSide(context, verdictText(values[0]), names);
  const { winnerIs } = context.options;
  return chooseVerdict(readVerdict(values[0]), named, winnerIs, shownValue(values[0]));
}

/** Code of the side whose item has this name; undefined when neither has. */
export function namedSide(
  { collector }: JsonContext,
  word: string,
  [left, right]: readonly [string, string],
): number | undefined {
  const name = itemName(word, collector.rename);
  if (name === null) return undefined;
  if (name === itemName(left, collector.rename)) return VERDICT_CODES.left;
  return name === itemName(right, collector.rename) ? VERDICT_CODES.right : undefined;
}

/** Adds the rows of a verdict on two names; returns what is wrong with them or with the rest of the row. */
export function addJsonVerdict(
  { collector, options, file }: JsonContext,
  row: JsonObject,
  names: readonly [string, string],
  verdict: ChosenVerdict | RowVerdict,
  line: number,
): string | null {
  const [left, right] = names.map((name) => itemName(name, collector.rename));
  if (left === null || right === null) return 'the name of an item is empty';
  if (left === right) return `compares ${shownValue(names[0])} with itself`;
  const extras = rowExtras(row, options);
  if (typeof extras === 'string') return extras;
  if (isWithoutVerdict(collector, verdict)) return null;
  addVerdict(collector, collector.item(left!), collector.item(right!), verdict, extras.weight, {
    id: () => `${file}:${line}`,
    fill: (at, sign) => fillRow(collector, at, sign, extras),
  });
  return null;
}

/** Adds one row of the table with all that belongs to it; the names are taken as they are. */
export function addRow(
  collector: ComparisonCollector,
  left: string,
  right: string,
  verdict: number,
  extras: RowExtras,
): void {
  const items = [collector.item(left), collector.item(right)] as const;
  fillRow(collector, collector.add(...items, verdict, extras.weight), 1, extras);
}

function fillRow(
  collector: ComparisonCollector,
  row: number,
  sign: 1 | -1,
  { groups, features, turn }: RowExtras,
): void {
  for (const [column, name] of groups) collector.setGroup(column, row, name);
  for (const [name, value] of features) collector.setFeature(name, row, sign * value);
  if (turn !== undefined) collector.setTurn(row, ...turn);
}

/** A name: a text that is not empty, or a number; null for anything else. */
export function nameOf(value: JsonValue | undefined): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** Groups, features, weight and day of a row, or what is wrong with them. */
export function rowExtras(row: JsonObject, options: ReadComparisonsOptions): RowExtras | string {
  const groups: [string, string][] = [];
  for (const [column, synonyms] of Object.entries(GROUP_SYNONYMS)) {
    const name = synonyms.map((key) => groupName(row[key])).find((found) => found !== null);
    if (name !== undefined) groups.push([column, name!]);
  }
  for (const column of options.keepColumns ?? []) {
    // Every object has a `constructor`; a column is only what the row itself has.
    const name = Object.hasOwn(row, column) ? groupName(row[column]) : null;
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
  const prompt = groups.find(([column]) => column === 'prompt')?.[1];
  const turn = options.turns && prompt !== undefined ? groupName(row.turn) : null;
  return { groups, features, weight, turn: turn === null ? undefined : [prompt!, turn] };
}

/** A list of texts, as MT-bench names a judge and its prompt, is one text. */
function groupName(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(' ');
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
