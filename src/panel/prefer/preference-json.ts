import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { Preference, PreferenceVerdict } from './preference.ts';

/** Of which prompt a verdict is. */
export interface VerdictPlace {
  readonly prompt: string;
  /** Counted from 1. */
  readonly round: number;
}

/** A verdict with its place, under the keys of a line of `verdicts.jsonl`; why there is none is left to the record. */
export type VerdictLine = {
  readonly prompt: string;
  readonly round: number;
  readonly judge: string;
  readonly shown: readonly string[];
  readonly ranking: readonly (readonly string[])[] | null;
  readonly reasons: Readonly<Record<string, string>>;
  readonly status: PreferenceVerdict['status'];
  readonly asked: number;
  readonly masked: number;
};

/** The lines of the verdicts on one prompt. */
export function verdictLines(
  { verdicts }: Pick<Preference, 'verdicts'>,
  { prompt, round }: VerdictPlace,
): readonly VerdictLine[] {
  return verdicts.map(({ judge, shown, ranking, reasons, status, asked, masked }) => ({
    ...{ prompt, round, judge, shown, ranking, reasons, status, asked, masked },
  }));
}

/** Reads what a record has under `answer.preference`; undefined where it is none. */
export function readPreference(json: JsonValue | undefined): Preference | undefined {
  if (!isJsonObject(json) || !isListOf(json.verdicts, isVerdict)) return undefined;
  if (!isListOf(json.answers, (one) => typeof one.model === 'string')) return undefined;
  return json as unknown as Preference;
}

function isListOf(list: JsonValue | undefined, is: (one: JsonObject) => boolean): boolean {
  return Array.isArray(list) && list.every((one) => isJsonObject(one) && is(one));
}

function isVerdict({ judge, shown, ranking, reasons, status, asked, masked }: JsonObject): boolean {
  return (
    typeof judge === 'string' &&
    isTexts(shown) &&
    (ranking === null || (Array.isArray(ranking) && ranking.every(isTexts))) &&
    isJsonObject(reasons) &&
    (status === 'ok' || status === 'unparsed' || status === 'error') &&
    typeof asked === 'number' &&
    typeof masked === 'number'
  );
}

function isTexts(list: JsonValue | undefined): boolean {
  return Array.isArray(list) && list.every((one) => typeof one === 'string');
}
