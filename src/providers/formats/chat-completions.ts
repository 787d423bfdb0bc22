import type { AnswerChoice } from '../../core/answer-details.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { type ChoiceParts, choiceOf } from '../choice-parts.ts';
import type { AnswerFormat, ReadAnswer, ReadDelta, ReadEvent } from '../provider.ts';
import { chatParts, isReasoningPart } from './chat-parts.ts';
import { chargedUsd, chatUsage } from './chat-usage.ts';
import { finishReasonOf } from './finish-reason.ts';
import { countOf, kindOf, objectOf, objectsOf, textOf } from './json-reading.ts';

/** OpenAI's Chat Completions, and what the many servers that copy it answer. */
export const CHAT_COMPLETIONS: AnswerFormat = {
  streamFormat: 'events',
  readAnswer: (body) => readChoices(body, choiceText),
  readEvent: (event) => readChunk(event, choiceText),
};

/** The older Completions: a prompt in, a text out. */
export const COMPLETIONS: AnswerFormat = {
  streamFormat: 'events',
  readAnswer: (body) => readChoices(body, (choice) => textOrNull(choice.text)),
  readEvent: (event) => readChunk(event, (choice) => textOrNull(choice.text)),
};

type TextReader = (choice: JsonObject) => string | null;

function readChoices(body: JsonObject, read: TextReader): ReadAnswer {
  const choices = inOrder(objectsOf(body.choices));
  const first = choices[0];
  const word = finishWordOf(first);
  const usage = isJsonObject(body.usage) ? body.usage : objectOf(objectOf(body.x_groq).usage);
  const wrong = first === undefined ? undefined : notText(first);
  return {
    texts: textsOf(choices, read),
    choices: choicesOf(choices, body),
    finishReason: finishReasonOf(word),
    finishWord: word,
    model: textOf(body.model),
    usage: chatUsage(usage),
    id: textOf(body.id),
    serviceTier: textOf(body.service_tier),
    chargedUsd: chargedUsd(usage),
    ...(wrong !== undefined && { notText: wrong }),
  };
}

function textsOf(choices: readonly JsonObject[], read: TextReader): readonly string[] {
  if (choices.length === 1) {
    const text = read(choices[0]!);
    return text === null ? [] : [text];
  }
  // An empty choice keeps its place beside others that have a text.
  const texts = choices.map(read);
  return texts.every((text) => text === null) ? [] : texts.map((text) => text ?? '');
}

/** Undefined where there is one choice that has nothing but its text. */
function choicesOf(
  choices: readonly JsonObject[],
  body: JsonObject,
): readonly AnswerChoice[] | undefined {
  const parts = choices.map((choice, index) => partsOf(choice, index === 0 ? body : undefined));
  if (choices.length < 2 && parts[0] === undefined) return undefined;
  return choices.map((choice, index) => {
    const word = finishWordOf(choice);
    return choiceOf({ ...parts[index], finishReason: finishReasonOf(word), finishWord: word });
  });
}

function readChunk(event: JsonObject, read: TextReader): ReadEvent {
  const choices = objectsOf(event.choices);
  const first = choices.find((choice) => (choice.index ?? 0) === 0);
  const groq = event.x_groq === undefined ? undefined : objectOf(event.x_groq);
  const usage = event.usage ?? groq?.usage;
  const word = finishWordOf(first);
  const wrong = first === undefined ? undefined : notText(first);
  return {
    deltas: choices.map((choice) => deltaOf(choice, event, read)),
    finishReason: finishReasonOf(word),
    finishWord: word,
    model: textOf(event.model),
    id: textOf(event.id),
    serviceTier: textOf(event.service_tier),
    error: choices.find((choice) => choice.error)?.error ?? groq?.error,
    ...(usage ? { usage: chatUsage(usage), chargedUsd: chargedUsd(usage) } : {}),
    ...(wrong !== undefined && { notText: wrong }),
  };
}

function deltaOf(choice: JsonObject, event: JsonObject, read: TextReader): ReadDelta {
  const number = countOf(choice.index) ?? 0;
  const found = partsOf(choice, number === 0 ? event : undefined);
  const word = number === 0 ? null : finishWordOf(choice);
  const parts =
    word === null ? found : { ...found, finishReason: finishReasonOf(word), finishWord: word };
  return { choice: number, text: read(choice) ?? '', parts };
}

/**
 * Some servers write it in the way of another protocol, or as an object. OpenRouter repeats the word of the server behind
 * it: where that one broke off it may be the only one that says so.
 */
function finishWordOf(choice: JsonObject | undefined): string | null {
  if (choice === undefined) return null;
  const behind = textOf(choice.native_finish_reason);
  if (finishReasonOf(behind) === 'error') return behind;
  const word = choice.finish_reason ?? choice.finishReason;
  return textOf(word) ?? textOf(objectOf(word).type);
}

function partsOf(choice: JsonObject, body: JsonObject | undefined): ChoiceParts | undefined {
  return chatParts(choice, objectOf(choice.message ?? choice.delta), body);
}

function inOrder(choices: readonly JsonObject[]): readonly JsonObject[] {
  return choices.length < 2
    ? choices
    : choices.toSorted((left, right) => (countOf(left.index) ?? 0) - (countOf(right.index) ?? 0));
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The text of a choice, wherever a server that copies the protocol puts it: pieces in whole answers, too. */
function choiceText(choice: JsonObject): string | null {
  const message = choice.message ?? choice.delta;
  return isJsonObject(message) ? messageText(message) : textOrNull(message ?? choice.text);
}

/** The text of a message; a refusal is its text; lists of parts are joined, reasoning left out. */
function messageText({ content, refusal }: JsonObject): string {
  const text = Array.isArray(content) ? content.map(partText).join('') : textOf(content);
  return text || (textOf(refusal) ?? '');
}

function partText(part: JsonValue): string {
  if (typeof part === 'string') return part;
  if (!isJsonObject(part) || isReasoningPart(part)) return '';
  return textOf(part.text) ?? '';
}

/** What the content of a choice is, where it is neither a text nor a list nor left out. */
function notText(choice: JsonObject): string | undefined {
  const { content } = objectOf(choice.message ?? choice.delta);
  const kind = typeof content;
  if (kind === 'string' || kind === 'undefined' || content === null || Array.isArray(content)) {
    return undefined;
  }
  return kindOf(content);
}
