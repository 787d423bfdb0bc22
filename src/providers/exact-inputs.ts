import type { AnswerChoice } from '../core/answer-details.ts';
import { mayHoldUnusualNumber, parseKeepingNumbers } from '../core/exact-json.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import type { AnswerFormat, ReadAnswer, ReadEvent } from './provider.ts';

/**
 * Reads the body of an answer. Where a server writes the input of a tool as an object, its numbers keep the digits that
 * the model gave them: `JSON.parse` would round an id of nineteen.
 *
 * @param text the body as it was written
 */
export function readAnswerExactly(
  format: AnswerFormat,
  body: JsonObject,
  text: string,
): ReadAnswer {
  const read = format.readAnswer(body);
  if (!callsTool(read.choices)) return read;
  const exact = exactOf(text);
  return exact === undefined
    ? read
    : { ...read, choices: withCalls(read.choices, format.readAnswer(exact).choices) };
}

/** As `readAnswerExactly`, of an event of a stream. */
export function readEventExactly(format: AnswerFormat, event: JsonObject, text: string): ReadEvent {
  const read = format.readEvent(event);
  const { deltas = [], choices } = read;
  if (!callsTool(choices) && !deltas.some(({ parts }) => parts?.toolCalls)) return read;
  const exact = exactOf(text);
  if (exact === undefined) return read;
  const found = format.readEvent(exact);
  return {
    ...read,
    deltas: deltas.map((delta, at) =>
      delta.parts?.toolCalls === undefined
        ? delta
        : {
            ...delta,
            parts: { ...delta.parts, toolCalls: found.deltas?.[at]?.parts?.toolCalls },
          },
    ),
    ...(choices !== undefined && { choices: withCalls(choices, found.choices) }),
  };
}

function callsTool(choices: readonly AnswerChoice[] | undefined): boolean {
  return choices?.some(({ toolCalls }) => toolCalls !== undefined) ?? false;
}

/** The same with every number as it was written; undefined where there is none that needs it. */
function exactOf(text: string): JsonObject | undefined {
  if (!mayHoldUnusualNumber(text)) return undefined;
  try {
    const exact = parseKeepingNumbers(text);
    return isJsonObject(exact) ? exact : undefined;
  } catch {
    return undefined;
  }
}

function withCalls(
  choices: readonly AnswerChoice[] | undefined,
  exact: readonly AnswerChoice[] | undefined,
): readonly AnswerChoice[] | undefined {
  return choices?.map((choice, at) => {
    const toolCalls = exact?.[at]?.toolCalls;
    return choice.toolCalls === undefined || toolCalls === undefined
      ? choice
      : { ...choice, toolCalls };
  });
}
