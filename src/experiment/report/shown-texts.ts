import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { ResultRow } from '../exports/result-row.ts';
import { turnCount } from '../row/read-prompt.ts';
import { cutText } from './cut-text.ts';
import type { ShownText } from './run-report.ts';
import { textIn } from './text-in.ts';

/** Longest text that is kept, in characters. */
export const MOST_CHARACTERS = 10_000;
/** Of a prompt, or of an answer. */
const MOST_TOGETHER = 20_000;
const MOST_TEXTS = 20;
const MOST_NAME = 100;

/** Shortens a text. */
export function shownText(label: string | null, text: string, most = MOST_CHARACTERS): ShownText {
  if (text.length <= most) return { label, text, left: 0 };
  const cut = cutText(text, most);
  return { label, text: cut, left: text.length - cut.length };
}

/** The texts of a prompt: one, its turns, or its messages with their roles. */
export function promptTexts(prompt: JsonValue | undefined): ShownText[] {
  if (!Array.isArray(prompt)) return [shownText(null, wordsOf(prompt))];
  const parts = prompt as readonly JsonValue[];
  let turn = 0;
  return boundTexts(
    parts.map((part, index) =>
      isJsonObject(part)
        ? shownText(roleOf(part) ?? `message ${index + 1}`, contentWords(part.content))
        : shownText(parts.length === 1 ? null : `turn ${++turn}`, wordsOf(part)),
    ),
  );
}

function roleOf({ role }: JsonObject): string | null {
  return typeof role === 'string' ? cutText(role, MOST_NAME) : null;
}

/**
 * The texts of an answer, and what else came: calls of tools, what the model thought aloud.
 *
 * @param partialText what had come before a failure
 */
export function answerTexts(
  { input, response, answer }: ResultRow,
  partialText: string | null,
): ShownText[] {
  const choices = Array.isArray(answer?.choices) ? (answer.choices as readonly JsonValue[]) : [];
  return boundTexts([
    ...responseTexts(response, turnCount(input.prompt)),
    ...(partialText === null ? [] : [shownText('came before the failure', partialText)]),
    ...choices.filter(isJsonObject).flatMap(choiceTexts),
  ]);
}

function responseTexts(response: JsonValue, turns: number): ShownText[] {
  if (response === null) return [];
  if (!Array.isArray(response)) return [shownText(null, wordsOf(response))];
  const parts = response as readonly JsonValue[];
  const word = turns > 1 && !parts.some(Array.isArray) ? 'turn' : 'completion';
  return parts.flatMap((part, index) => {
    if (!Array.isArray(part)) return [shownText(`${word} ${index + 1}`, wordsOf(part))];
    const label = (turn: number) => `completion ${index + 1}, turn ${turn + 1}`;
    return (part as readonly JsonValue[]).map((text, turn) =>
      shownText(label(turn), wordsOf(text)),
    );
  });
}

function choiceTexts({ reasoning, tool_calls: calls }: JsonObject): ShownText[] {
  const thought = textIn(reasoning);
  return [
    ...(Array.isArray(calls)
      ? (calls as readonly JsonValue[]).filter(isJsonObject).map(callText)
      : []),
    ...(thought === null || thought === '' ? [] : [shownText('reasoning', thought)]),
  ];
}

function callText({ name, arguments: given }: JsonObject): ShownText {
  return shownText(`tool call ${cutText(textIn(name) ?? '', MOST_NAME)}`, wordsOf(given));
}

/** The words of a message: its text, or its parts, of which those without text are named. */
function contentWords(content: JsonValue | undefined): string {
  if (!Array.isArray(content)) return wordsOf(content);
  return (content as readonly JsonValue[])
    .map((part) => {
      if (!isJsonObject(part)) return wordsOf(part);
      return (
        textIn(part.text) ?? `[${cutText(textIn(part.type) ?? 'part without text', MOST_NAME)}]`
      );
    })
    .join('\n');
}

function wordsOf(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Few texts of one row, each to an equal share of what there is room for. */
function boundTexts(texts: readonly ShownText[]): ShownText[] {
  const few = texts.length > MOST_TEXTS ? texts.slice(0, MOST_TEXTS - 1) : texts;
  const share = Math.floor(MOST_TOGETHER / few.length);
  const fitting = few.map(({ label, text, left }) => {
    const shorter = shownText(label, text, Math.min(share, MOST_CHARACTERS));
    return { ...shorter, left: shorter.left + left };
  });
  const rest = texts.length - few.length;
  return rest === 0 ? fitting : [...fitting, shownText(`${rest} more, left out`, '')];
}
