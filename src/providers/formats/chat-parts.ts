import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { type ChoiceParts, partsOrNone, type ToolCallPart } from '../choice-parts.ts';
import { citationsOf } from './citation.ts';
import { countOf, objectOf, objectsOf, textOf } from './json-reading.ts';
import { logprobsOf } from './logprobs.ts';
import { mediaOf, soundOf } from './media.ts';

/** Keys of a message that nearly every answer has, and that say nothing besides its text. */
const PLAIN: ReadonlySet<string> = new Set(['role', 'content', 'name', 'prefix']);

/** Types of the parts in which models think aloud. */
const REASONING_PART = /think|reason/;

/** True for a part of a content in which a model thinks aloud. */
export function isReasoningPart(part: JsonObject): boolean {
  return REASONING_PART.test(textOf(part.type) ?? '');
}

/**
 * Reads what a choice has besides its text, wherever a server that copies OpenAI's protocol puts it.
 *
 * @param message its `message` or `delta`
 * @param body the whole body or event: some keep their sources there. Undefined for other choices than the first.
 */
export function chatParts(
  choice: JsonObject,
  message: JsonObject,
  body: JsonObject | undefined,
): ChoiceParts | undefined {
  const mayHaveParts =
    (choice.logprobs !== undefined && choice.logprobs !== null) ||
    (body !== undefined && (body.citations ?? body.search_results ?? null) !== null) ||
    hasMore(message);
  if (!mayHaveParts) return undefined;
  const content = Array.isArray(message.content) ? objectsOf(message.content) : [];
  return partsOrNone({
    reasoning: reasoningOf(message, content),
    toolCalls: toolCallsOf(message),
    logprobs: logprobsOf(choice.logprobs),
    citations: citationsIn(message),
    // The same sources in two lists: the one that says more of them.
    sources: citationsOf(body?.search_results) ?? citationsOf(body?.citations),
    refusal: textOf(message.refusal) ?? undefined,
    media: [...content, ...objectsOf(message.images)]
      .map(mediaOf)
      .filter((one) => one !== undefined),
    sound: isJsonObject(message.audio) ? soundOf(message.audio) : undefined,
  });
}

function hasMore(message: JsonObject): boolean {
  for (const key in message) {
    const value = message[key];
    if (PLAIN.has(key) ? Array.isArray(value) : isSomething(value)) return true;
  }
  return false;
}

function isSomething(value: JsonValue | undefined): boolean {
  return value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** The thoughts of a message, from the first place that has them: some servers write them in two. */
function reasoningOf(message: JsonObject, content: readonly JsonObject[]): string | undefined {
  const { reasoning_content, reasoning, reasoning_text, thinking, reasoning_details } = message;
  for (const value of [reasoning_content, reasoning, reasoning_text, thinking]) {
    const text = textOf(value);
    if (text !== null) return text;
  }
  const parts = [...objectsOf(reasoning_details), ...content.filter(isReasoningPart)];
  return parts.map(thoughtOf).join('') || undefined;
}

function thoughtOf(part: JsonObject): string {
  for (const value of [part.text, part.summary, part.thinking, part.reasoning]) {
    const text = textOf(value);
    if (text !== null) return text;
    if (Array.isArray(value)) return objectsOf(value).map(thoughtOf).join('');
  }
  return '';
}

function toolCallsOf(message: JsonObject): readonly ToolCallPart[] | undefined {
  const calls = objectsOf(message.tool_calls).map(toolCallOf);
  const old = message.function_call;
  if (isJsonObject(old)) calls.push(functionOf(old, { index: 0 }));
  calls.push(...objectsOf(message.executed_tools).map(ranByServer));
  return calls.length > 0 ? calls : undefined;
}

function toolCallOf(call: JsonObject): ToolCallPart {
  const index = countOf(call.index) ?? undefined;
  const common = { ...(index !== undefined && { index }), id: textOf(call.id) ?? undefined };
  const type = textOf(call.type);
  if (type === null || type === 'function') return functionOf(objectOf(call.function), common);
  const inner = objectOf(call[type]);
  const input = inner.input ?? inner.arguments ?? call.input ?? call.arguments;
  return {
    ...common,
    type,
    name: textOf(inner.name) ?? textOf(call.name) ?? undefined,
    arguments: inputText(input),
  };
}

function functionOf(called: JsonObject, common: ToolCallPart): ToolCallPart {
  const name = textOf(called.name) ?? undefined;
  return { ...common, name, arguments: inputText(called.arguments) };
}

function ranByServer(tool: JsonObject): ToolCallPart {
  const index = countOf(tool.index);
  const type = textOf(tool.type) ?? 'server';
  return {
    // Numbers of their own: they must not mix with those of the caller's tools.
    ...(index !== null && { index: -1 - index }),
    type,
    name: textOf(tool.name) ?? type,
    input: inputText(tool.arguments),
    result: tool.output ?? undefined,
  };
}

/** The input of a tool as text; some servers write the object itself. */
export function inputText(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? undefined : JSON.stringify(value);
}

function citationsIn(message: JsonObject) {
  const found = [
    citationsOf(message.annotations),
    citationsOf(message.citations),
    citationsOf(objectOf(message.context).citations),
  ].flatMap((list) => list ?? []);
  return found.length > 0 ? found : undefined;
}
