import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { VERDICT_CODES } from '../../ranking/index.ts';
import { shownValue } from './invalid-values.ts';
import { itemName } from './item-name.ts';
import { addRow, type JsonContext, nameOf, rowExtras, type TakeJson } from './json-row.ts';

const STRONG_WEIGHT = 3;

/** Verdict and strength of each label, for the answers A and B. */
const LABELS = new Map<string, { readonly verdict: number; readonly strong: boolean }>([
  ['A>>B', { verdict: VERDICT_CODES.left, strong: true }],
  ['A>B', { verdict: VERDICT_CODES.left, strong: false }],
  ['A=B', { verdict: VERDICT_CODES.tie, strong: false }],
  ['B=A', { verdict: VERDICT_CODES.tie, strong: false }],
  ['B>A', { verdict: VERDICT_CODES.right, strong: false }],
  ['B>>A', { verdict: VERDICT_CODES.right, strong: true }],
  ['A<<B', { verdict: VERDICT_CODES.right, strong: true }],
  ['A<B', { verdict: VERDICT_CODES.right, strong: false }],
  ['B<A', { verdict: VERDICT_CODES.left, strong: false }],
  ['B<<A', { verdict: VERDICT_CODES.left, strong: true }],
]);

/**
 * Reads judgment lines of arena-hard: two games, in the first of which A is the baseline and B the
 * model, in the second the other way round. Each game is a row; a strong label has weight 3 unless
 * told otherwise. A line with a game without a label is dropped whole, so that both orders stay
 * balanced, and its null games are counted.
 */
export function arenaHardRows(context: JsonContext): TakeJson {
  const strongWeight = context.options.strongWeight ?? STRONG_WEIGHT;
  return (value) => {
    const row = value as JsonObject;
    const { rename } = context.collector;
    const [model, baseline] = [row.model, row.baseline].map((value) =>
      itemName(nameOf(value) ?? '', rename),
    ) as [string | null, string | null];
    if (model === null) return `model is ${shownValue(row.model)}, not a name`;
    if (baseline === null) return `baseline is ${shownValue(row.baseline)}, not a name`;
    if (model === baseline) return `compares ${shownValue(model)} with itself`;
    if (!Array.isArray(row.games)) return `games is ${shownValue(row.games)}, not a list`;
    const scores = row.games.map(scoreOf);
    const missing = scores.filter((score) => score === null).length;
    if (missing > 0 || scores.length === 0) {
      context.collector.nullGames += missing;
      return scores.length === 0 ? 'has no games' : null;
    }
    const labels = scores.map((score) =>
      LABELS.get(String(score).toUpperCase().replace(/\s/g, '')),
    );
    const wrong = labels.indexOf(undefined);
    if (wrong >= 0) return `the label of game ${wrong + 1} is ${shownValue(scores[wrong])}`;
    const prompt = row.uid ?? row.question_id;
    const named: JsonObject = prompt === undefined ? row : { ...row, prompt };
    const extras = rowExtras(named, context.options);
    if (typeof extras === 'string') return extras;
    for (const [game, label] of labels.entries()) {
      const [left, right] = game % 2 === 0 ? [baseline, model] : [model, baseline];
      const weight = extras.weight * (label!.strong ? strongWeight : 1);
      addRow(context.collector, left, right, label!.verdict, { ...extras, weight });
    }
    return null;
  };
}

function scoreOf(game: JsonValue): JsonValue {
  return isJsonObject(game) ? (game.score ?? null) : null;
}
