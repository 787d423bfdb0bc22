import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { cutText } from './cut-text.ts';
import type { ShownText } from './run-report.ts';
import { textIn } from './text-in.ts';

/** Longest text that is kept, in characters. */
export const MOST_CHARACTERS = 10_000;
const MOST_TEXTS = 50;
const MOST_NAME = 100;

/** Shortens a text. */
export function shownText(label: string | null, text: string, most = MOST_CHARACTERS): ShownText {
  if (text.length <= most) return { label, text, left: 0 };
  return { label, text: cutText(text, most), left: text.length - most };
}

/** The texts of a prompt: one, its turns, or its messages with their roles. */
export function promptTexts(prompt: JsonValue | undefined): ShownText[] {
  if (!Array.isArray(prompt)) return [shownText(null, wordsOf(prompt))];
  const parts = prompt as readonly JsonValue[];
  return bounded(parts).map((part, index) =>
    isJsonObject(part)
      ? shownText(roleOf(part) ?? `message ${index + 1}`, contentWords(part.content))
      : shownText(parts.length === 1 ? null : `turn ${index + 1}`, wordsOf(part)),
  );
}

function roleOf({ role }: JsonObject): string | null {
  return typeof role === 'string' ? cutText(role, MOST_NAME) : null;
}

/** The texts of an answer, and what else the model gave: calls of tools, what it thought aloud. */
export function answerTexts(
  response: JsonValue,
  answer: JsonObject | null,
  turns: number,
): ShownText[] {
  const choices = Array.isArray(answer?.choices) ? (answer.choices as readonly JsonValue[]) : [];
  const more = bounded(choices).flatMap((choice) =>
    isJsonObject(choice) ? choiceTexts(choice) : [],
  );
  return [...bounded(responseTexts(response, turns)), ...bounded(more)];
}

function responseTexts(response: JsonValue, turns: number): ShownText[] {
  if (response === null) return [];
  if (!Array.isArray(response)) return [shownText(null, wordsOf(response))];
  const parts = bounded(response as readonly JsonValue[]);
  const word = turns > 1 && !parts.some(Array.isArray) ? 'turn' : 'completion';
  return parts.flatMap((part, index) => {
    if (!Array.isArray(part)) return [shownText(`${word} ${index + 1}`, wordsOf(part))];
    const label = (turn: number) => `completion ${index + 1}, turn ${turn + 1}`;
    return bounded(part as readonly JsonValue[]).map((text, turn) =>
      shownText(label(turn), wordsOf(text)),
    );
  });
}

function choiceTexts({ reasoning, tool_calls: calls }: JsonObject): ShownText[] {
  const thought = textIn(reasoning);
  return [
    ...(Array.isArray(calls) ? bounded(calls).filter(isJsonObject).map(callText) : []),
    ...(thought === null || thought === '' ? [] : [shownText('reasoning', thought)]),
  ];
}

function callText({ name, arguments: given }: JsonObject): ShownText {
  return shownText(`tool call ${cutText(textIn(name) ?? '', MOST_NAME)}`, wordsOf(given));
}

/** The words of a message: its text, or its parts, of which those without text are named. */
function contentWords(content: JsonValue | undefined): string {
  if (!Array.isArray(content)) return wordsOf(content);
  return bounded(content as readonly JsonValue[])
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

function bounded<Part>(parts: readonly Part[]): readonly Part[] {
  return parts.slice(0, MOST_TEXTS);
}
