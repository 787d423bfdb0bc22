import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { Usage } from '../../core/usage.ts';
import type { AnswerFormat, ReadAnswer } from '../provider.ts';
import { finishReasonOf } from './finish-reason.ts';
import { countOf, objectOf, objectsOf, textOf } from './json-reading.ts';

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
  return {
    texts: choices.map(read).filter((text) => text !== null),
    finishReason: finishReasonOf(choices[0]?.finish_reason),
    model: textOf(body.model),
    usage: chatUsage(body.usage),
    id: textOf(body.id),
  };
}

function readChunk(event: JsonObject, read: TextReader) {
  const choices = objectsOf(event.choices);
  const first = choices.find((choice) => (choice.index ?? 0) === 0);
  const usage = event.usage ?? objectOf(event.x_groq).usage;
  return {
    deltas: choices.map((choice) => ({
      choice: countOf(choice.index) ?? 0,
      text: read(choice) ?? '',
    })),
    finishReason: finishReasonOf(first?.finish_reason),
    model: textOf(event.model),
    id: textOf(event.id),
    error: choices.find((choice) => choice.error)?.error,
    ...(usage ? { usage: chatUsage(usage) } : {}),
  };
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
  return isJsonObject(message) ? messageText(message) : textOrNull(choice.text);
}

/** The text of a message; a refusal is its text; lists of parts are joined, reasoning left out. */
function messageText({ content, refusal }: JsonObject): string {
  const parts = objectsOf(content).filter((part) => !REASONING_PART.test(textOf(part.type) ?? ''));
  const text = textOf(content) ?? parts.map((part) => textOf(part.text) ?? '').join('');
  return text || (textOf(refusal) ?? '');
}

/** Types of the parts in which models think aloud. */
const REASONING_PART = /think|reason/;

/** Reads a usage of OpenAI's form and its dialects. */
function chatUsage(value: unknown): Usage {
  const usage = objectOf(value);
  const input = countOf(usage.prompt_tokens);
  const output = countOf(usage.completion_tokens);
  const reasoning = countOf(objectOf(usage.completion_tokens_details).reasoning_tokens);
  const cached =
    countOf(objectOf(usage.prompt_tokens_details).cached_tokens) ??
    countOf(usage.prompt_cache_hit_tokens) ??
    countOf(usage.cached_tokens);
  return { input, cached, output: withReasoning(usage, input, output, reasoning), reasoning };
}

/** Some servers count reasoning beside the completion; their own total tells. */
function withReasoning(
  usage: JsonObject,
  input: number | null,
  output: number | null,
  reasoning: number | null,
): number | null {
  if (input === null || output === null || !reasoning) return output;
  return countOf(usage.total_tokens) === input + output + reasoning ? output + reasoning : output;
}
