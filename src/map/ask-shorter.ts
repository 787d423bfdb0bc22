import type { ContextSize } from '../core/context-size.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { AskNamed, Outcome } from './ask-within.ts';
import { fieldsOf, type MapPlan } from './map-plan.ts';
import {
  chunksOf,
  cutColumns,
  cutInMiddle,
  cuttableColumns,
  type KeptChars,
  MAX_CUTS,
  type TooLong,
} from './overflow/index.ts';
import { messagesOf, questionOf } from './row-question.ts';

/** Asks about less of a row that is too long: cut, or in pieces. @param first what came of asking about all of it */
export async function askShorter(
  plan: MapPlan,
  row: JsonObject,
  first: Outcome,
  ask: AskNamed,
): Promise<Outcome> {
  const columns = cuttableColumns(fieldsOf(plan), row);
  const longest = longestOf(columns);
  if (longest === null) return first;
  return plan.overflow === 'split'
    ? askPieces(plan, row, longest, ask)
    : askCut(plan, row, columns, first, ask);
}

async function askCut(
  plan: MapPlan,
  row: JsonObject,
  columns: ReadonlyMap<string, string>,
  first: Outcome,
  ask: AskNamed,
): Promise<Outcome> {
  let outcome = first;
  let asked = row;
  let kept: KeptChars | undefined = new Map();
  for (let attempt = 1; attempt <= MAX_CUTS; attempt++) {
    kept = cutColumns(columns, kept, tooLong(plan, asked, outcome.error?.context));
    if (kept === undefined) return outcome;
    const cut = [...kept].map(([name, chars]) => [name, cutInMiddle(columns.get(name)!, chars)]);
    asked = { ...row, ...Object.fromEntries(cut) };
    outcome = await ask(questionOf(plan, asked), `${plan.name}/short/${attempt}`);
    if (outcome.error?.code !== 'context_too_long') return outcome;
  }
  return outcome;
}

/** What was kept for the answer is no part of the prompt. */
function tooLong(plan: MapPlan, row: JsonObject, size: ContextSize | undefined): TooLong {
  const { given = null, limit = null, forAnswer = 0 } = size ?? {};
  return {
    promptChars: messagesOf(plan, row).reduce((sum, { content }) => sum + content.length, 0),
    limit: limit === null ? null : limit - forAnswer,
    used: given === null ? null : given - forAnswer,
  };
}

function longestOf(columns: ReadonlyMap<string, string>): string | null {
  let longest: string | null = null;
  for (const [name, text] of columns) {
    if (text.length > (longest === null ? 0 : columns.get(longest)!.length)) longest = name;
  }
  return longest;
}

async function askPieces(
  plan: MapPlan,
  row: JsonObject,
  column: string,
  ask: AskNamed,
): Promise<Outcome> {
  const { chunkChars, overlapChars } = plan.chunks;
  const pieces = chunksOf(row[column] as string, chunkChars, overlapChars);
  const outcomes = await Promise.all(
    pieces.map((piece, at) =>
      ask(questionOf(plan, { ...row, [column]: piece }), `${plan.name}/part/${at + 1}`),
    ),
  );
  return plan.output.kind === 'text' ? joinedTexts(outcomes, plan.samples) : joinedRows(outcomes);
}

/** Texts of the pieces, one behind the other; of several samples each for itself. */
function joinedTexts(outcomes: readonly Outcome[], samples: number): Outcome {
  const failed = outcomes.find(({ error }) => error !== null);
  if (failed !== undefined) return failed;
  const notes = Object.assign({}, ...outcomes.map((outcome) => outcome.notes)) as JsonObject;
  const textOf = (value: JsonValue, sample: number) =>
    Array.isArray(value) ? (value[sample] ?? '') : (value ?? '');
  const joined = Array.from({ length: samples }, (_, sample) =>
    outcomes.map(({ value }) => textOf(value, sample)).join('\n'),
  );
  return { value: samples === 1 ? joined[0]! : joined, error: null, notes };
}

/** Objects of all pieces, those too that are right in an answer that is not. */
function joinedRows(outcomes: readonly Outcome[]): Outcome {
  const lost = outcomes.find(({ error }) => error !== null && !isAboutOutput(error.code));
  if (lost !== undefined) return lost;
  const objects = outcomes.flatMap((outcome) => outcome.objects ?? []);
  const wrong = outcomes.find(({ error }) => error !== null);
  if (wrong?.error == null) {
    // A list, however few there are: each is read by itself.
    const value = outcomes.flatMap((outcome) => outcome.value);
    return { value, error: null, notes: {}, objects, ...countsOf(outcomes) };
  }
  const errors = outcomes.flatMap(({ notes: { errors: own } }) => (Array.isArray(own) ? own : []));
  const code = objects.length > 0 ? 'partial' : 'invalid_output';
  return {
    ...{ ...wrong, error: { ...wrong.error, code }, notes: { errors, rows: objects }, objects },
    ...countsOf(outcomes),
  };
}

function countsOf(outcomes: readonly Outcome[]): Pick<Outcome, 'isRepaired' | 'droppedKeys'> {
  return {
    isRepaired: outcomes.some(({ isRepaired = false }) => isRepaired),
    droppedKeys: outcomes.reduce((sum, { droppedKeys = 0 }) => sum + droppedKeys, 0),
  };
}

function isAboutOutput(code: string): boolean {
  return code === 'partial' || code === 'invalid_output';
}
