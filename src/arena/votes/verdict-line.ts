import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { PanelVerdict } from '../../ranking/panel/index.ts';
import { shownValue } from './invalid-values.ts';
import { itemName } from './item-name.ts';
import { nameOf } from './json-row.ts';

/** The status of a verdict that can be used; others say why there is none. */
const USABLE = 'ok';

/** Tells whether a line says itself that it holds no ranking: its judge failed, or its reply was no verdict. */
export function isWithoutRanking(row: JsonObject): boolean {
  return row.ranking === null || (typeof row.status === 'string' && row.status !== USABLE);
}

/** Says why a line holds no ranking. */
export function withoutRankingText({ status, ranking }: JsonObject): string {
  if (typeof status !== 'string' || status === USABLE) return `ranking is ${shownValue(ranking)}`;
  return `holds no ranking: its status is ${shownValue(status)}`;
}

/**
 * Reads one line of verdicts: `{"prompt", "round", "judge", "shown": [model], "ranking": [[model]], "status"}`.
 *
 * @returns what is wrong where it is none.
 */
export function verdictOfLine(value: JsonValue): PanelVerdict | string {
  if (!isJsonObject(value)) return `is not a JSON object: ${shownValue(value)}`;
  const [prompt, judge] = [nameOf(value.prompt), nameIn(value.judge)];
  if (prompt === null) return `prompt is ${shownValue(value.prompt)}, not a name`;
  if (judge === null) return `judge is ${shownValue(value.judge)}, not a name`;
  const round = value.round ?? 1;
  if (typeof round !== 'number' || !Number.isSafeInteger(round) || round < 0) {
    return `round is ${shownValue(round)}, not a number from 0`;
  }
  if (isWithoutRanking(value)) return { prompt, round, judge, shown: [], ranking: null };
  const shown = namesIn(value.shown);
  if (shown === null) return `shown is ${shownValue(value.shown)}, not a list of names`;
  const ranking = rankingIn(value.ranking);
  if (ranking === null) return `ranking is ${shownValue(value.ranking)}, not a list of names`;
  return { prompt, round, judge, shown, ranking };
}

function rankingIn(value: JsonValue | undefined): string[][] | null {
  if (!Array.isArray(value)) return null;
  const groups = value.map((one) => namesIn(Array.isArray(one) ? one : [one]));
  return groups.includes(null) ? null : (groups as string[][]);
}

function namesIn(value: JsonValue | undefined): string[] | null {
  if (!Array.isArray(value)) return null;
  const names = value.map(nameIn);
  return names.includes(null) ? null : (names as string[]);
}

function nameIn(value: JsonValue | undefined): string | null {
  const name = nameOf(value);
  return name === null ? null : itemName(name);
}
