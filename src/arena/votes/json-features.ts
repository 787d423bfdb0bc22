import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import {
  ANSWER_TEXTS,
  type FeatureForm,
  featureDifference,
  SIDE_ENDINGS,
} from './feature-values.ts';

/** Arena's names for the counts behind the usual features of style; objects are summed. */
const ARENA_COUNTS: Readonly<Record<string, readonly [string, string]>> = {
  length: ['sum_assistant_a_tokens', 'sum_assistant_b_tokens'],
  headings: ['header_count_a', 'header_count_b'],
  lists: ['list_count_a', 'list_count_b'],
  bold: ['bold_count_a', 'bold_count_b'],
};

/**
 * A feature of a JSON row: from its `features`, a number or a pair of numbers under its name, or
 * arena's `conv_metadata` for `length`, `headings`, `lists` and `bold`.
 *
 * @returns NaN when the row does not have it.
 */
export function jsonFeature(row: JsonObject, name: string, form: FeatureForm): number {
  const metadata = isJsonObject(row.conv_metadata) ? row.conv_metadata : {};
  const own = isJsonObject(row.features) ? row.features[name] : undefined;
  if (typeof own === 'number') return own;
  for (const place of [row, metadata]) {
    for (const [left, right] of SIDE_ENDINGS) {
      const pair = [place[`${name}${left}`], place[`${name}${right}`]];
      if (pair.every((value) => value !== undefined)) {
        return featureDifference(total(pair[0]), total(pair[1]), form);
      }
    }
  }
  const counts = Object.hasOwn(ARENA_COUNTS, name) ? ARENA_COUNTS[name] : undefined;
  if (counts && metadata[counts[0]] !== undefined) {
    return featureDifference(total(metadata[counts[0]]), total(metadata[counts[1]]), form);
  }
  const value = row[name];
  if (typeof value === 'number') return value;
  return name === 'length' ? lengthDifference(row, form) : Number.NaN;
}

/** By the characters of the two answers where the row holds them. */
function lengthDifference(row: JsonObject, form: FeatureForm): number {
  for (const [left, right] of ANSWER_TEXTS) {
    const texts = [row[left], row[right]];
    if (texts.every((text) => typeof text === 'string')) {
      const [own, other] = texts.map((text) => [...(text as string)].length) as [number, number];
      return featureDifference(own, other, form);
    }
  }
  return Number.NaN;
}

/** A number, or the sum of the numbers in an object such as `{h1: 2, h2: 0}`. */
function total(value: JsonValue | undefined): number {
  if (typeof value === 'number') return value;
  if (!isJsonObject(value)) return Number.NaN;
  return Object.values(value).reduce<number>((sum, one) => sum + Number(one), 0);
}
