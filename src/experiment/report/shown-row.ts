import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { PlacedRow } from '../exports/read-results.ts';
import { cutText } from './cut-text.ts';
import type { RowFigures } from './row-figures.ts';
import type { ShownRow, ShownText } from './run-report.ts';
import { answerTexts, promptTexts } from './shown-texts.ts';

/** A row that is kept, with the prompt it belongs to. */
export interface KeptRow {
  readonly hash: string;
  readonly row: ShownRow;
  readonly prompt: readonly ShownText[];
  readonly expected: string | null;
}

const MOST_NAME = 200;
const MOST_LINE = 600;
/** Of all that a row has besides its texts. */
const MOST_BESIDES = 3000;
const MOST_SCORES = 20;

/** Cuts a text to what there still is room for. */
type Take = (text: string, most: number) => string;

/**
 * Takes from a row what a report shows of it; all of it is bounded.
 *
 * @param scoreKeys keys of scores and verdicts that the rows have
 */
export function keepRow(
  { line, row }: PlacedRow,
  {
    hash,
    figures,
    scoreKeys,
  }: { readonly hash: string; readonly figures: RowFigures; readonly scoreKeys: readonly string[] },
): KeptRow {
  const { input, answer } = row;
  const { error, status, isCut, latencyMs, inputTokens, outputTokens, costUsd, attempts } = figures;
  const take = allowance(MOST_BESIDES);
  const lineOf = (value: JsonValue | undefined, most: number) => {
    const text = textOf(value);
    return text === null ? null : take(text, most);
  };
  const shown: ShownRow = {
    ...{ line, status, isCut, latencyMs, inputTokens, outputTokens, costUsd, attempts },
    id: lineOf(input.id, MOST_NAME),
    model: figures.model,
    error: error && {
      code: take(error.code, MOST_NAME),
      message: take(error.message, MOST_LINE),
      hint: error.hint === null ? null : take(error.hint, MOST_LINE),
    },
    scores: scoresOf(input, scoreKeys, take),
    parameters: lineOf(input.parameters, MOST_LINE),
    notes: notesOf(answer, take),
    texts: answerTexts(row, error?.partialText ?? null),
  };
  const expected = lineOf(input.expected_response, MOST_LINE);
  return { hash, row: shown, prompt: promptTexts(input.prompt), expected };
}

function allowance(characters: number): Take {
  let left = characters;
  return (text, most) => {
    const taken = cutText(text, Math.min(most, left));
    left -= taken.length;
    return taken;
  };
}

function scoresOf(input: JsonObject, keys: readonly string[], take: Take): ShownRow['scores'] {
  const errors = isJsonObject(input.score_errors) ? input.score_errors : {};
  return keys
    .flatMap((key) => [
      ...[key, `${key}_reason`, `${key}_error`].map((name) => ({
        key: name,
        of: input,
        from: name,
      })),
      { key: `${key} failed`, of: errors, from: key },
    ])
    .flatMap(({ key, of, from }) => {
      const value = Object.hasOwn(of, from) ? textOf(of[from]) : null;
      return value === null ? [] : [{ key, value }];
    })
    .slice(0, MOST_SCORES)
    .map(({ key, value }) => ({ key: take(key, MOST_NAME), value: take(value, MOST_LINE) }));
}

function notesOf(answer: JsonObject | null, take: Take): string[] {
  const notes = Array.isArray(answer?.notes) ? (answer.notes as readonly JsonValue[]) : [];
  return notes
    .slice(0, MOST_SCORES)
    .flatMap((note) => (typeof note === 'string' ? [take(note, MOST_LINE)] : []))
    .filter((note) => note !== '');
}

/** A value as text; null where there is none. */
function textOf(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === '' || text === '{}' ? null : text;
}
