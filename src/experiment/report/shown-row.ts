import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { PlacedRow } from '../exports/read-results.ts';
import { cutText } from './cut-text.ts';
import type { RowFigures } from './row-figures.ts';
import type { ShownRow, ShownText } from './run-report.ts';
import { answerTexts, promptTexts, shownText } from './shown-texts.ts';

/** A row that is kept, with the prompt it belongs to. */
export interface KeptRow {
  readonly hash: string;
  readonly row: ShownRow;
  readonly prompt: readonly ShownText[];
  readonly expected: string | null;
}

const MOST_NAME = 200;
const MOST_LINE = 600;
const MOST_SCORES = 20;

/**
 * Takes from a row what a report shows of it; texts are bounded.
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
  const { input, response, answer } = row;
  const { error, status, isCut, latencyMs, inputTokens, outputTokens, costUsd, attempts } = figures;
  const turns = Array.isArray(input.prompt) ? input.prompt.length : 1;
  const partial = error?.partialText ?? null;
  const texts = answerTexts(response, answer, turns);
  const shown: ShownRow = {
    ...{ line, status, isCut, latencyMs, inputTokens, outputTokens, costUsd, attempts },
    id: lineOf(input.id, MOST_NAME),
    model: cutText(figures.model, MOST_NAME),
    texts: partial === null ? texts : [...texts, shownText('came before the failure', partial)],
    error: error && {
      code: cutText(error.code, MOST_NAME),
      message: cutText(error.message, MOST_LINE),
      hint: error.hint === null ? null : cutText(error.hint, MOST_LINE),
    },
    parameters: lineOf(input.parameters, MOST_LINE),
    scores: scoresOf(input, scoreKeys),
    notes: notesOf(answer),
  };
  const expected = lineOf(input.expected_response, MOST_LINE);
  return { hash, row: shown, prompt: promptTexts(input.prompt), expected };
}

function scoresOf(input: JsonObject, keys: readonly string[]): ShownRow['scores'] {
  const withReasons = keys.flatMap((key) => [key, `${key}_reason`, `${key}_error`]);
  return withReasons
    .flatMap((key) => {
      const value = Object.hasOwn(input, key) ? lineOf(input[key], MOST_LINE) : null;
      return value === null ? [] : [{ key: cutText(key, MOST_NAME), value }];
    })
    .slice(0, MOST_SCORES);
}

function notesOf(answer: JsonObject | null): string[] {
  const notes = Array.isArray(answer?.notes) ? (answer.notes as readonly JsonValue[]) : [];
  return notes
    .slice(0, MOST_SCORES)
    .flatMap((note) => (typeof note === 'string' ? [cutText(note, MOST_LINE)] : []));
}

/** A value as text; null where there is none. */
function lineOf(value: JsonValue | undefined, most: number): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === '' || text === '{}' ? null : cutText(text, most);
}
