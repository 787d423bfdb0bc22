import type { Media } from '../../core/answer-details.ts';
import type { JsonObject } from '../../core/json.ts';
import { type ChoiceParts, partsOrNone, type ToolCallPart } from '../choice-parts.ts';
import { inputText } from '../formats/chat-parts.ts';
import { citationsOf } from '../formats/citation.ts';
import { countOf, objectOf, objectsOf, textOf } from '../formats/json-reading.ts';
import { logprobsOf } from '../formats/logprobs.ts';

/** Tools that wait for the caller; the server runs all others itself. */
const CALLERS_TOOLS: ReadonlySet<unknown> = new Set([
  'function_call',
  'custom_tool_call',
  'computer_call',
  'local_shell_call',
  'shell_call',
  'apply_patch_call',
  'mcp_approval_request',
]);

/** True for an item with which the model asks its caller to do something. */
export function isToolItem({ type }: JsonObject): boolean {
  return CALLERS_TOOLS.has(type);
}

/** What the items of a response say besides its text. */
export function itemParts(items: readonly JsonObject[]): ChoiceParts | undefined {
  const content = items
    .filter(({ type }) => type === 'message')
    .flatMap((item) => objectsOf(item.content));
  const images = items.filter(({ type }) => type === 'image_generation_call');
  return partsOrNone({
    reasoning: items
      .filter(({ type }) => type === 'reasoning')
      .map(thoughtsOf)
      .filter((text) => text !== '')
      .join('\n\n'),
    toolCalls: items.filter(isAnyCall).map(toolCallOf),
    logprobs: content.flatMap((part) => logprobsOf(part.logprobs) ?? []),
    citations: content.flatMap((part) => citationsOf(part.annotations) ?? []),
    refusal: content.map((part) => textOf(part.refusal) ?? '').join(''),
    media: images.map(imageOf).filter((one) => one !== undefined),
  });
}

/** What the beginning of a call in a stream says, or the next piece of its input. */
export function startedParts(event: JsonObject): ChoiceParts | undefined {
  const index = countOf(event.output_index);
  if (index === null) return undefined;
  if (typeof event.delta === 'string') return { toolCalls: [{ index, arguments: event.delta }] };
  const item = objectOf(event.item);
  if (item.type !== 'function_call') return undefined;
  const { call_id, id, name } = item;
  const started = {
    id: textOf(call_id) ?? textOf(id) ?? undefined,
    name: textOf(name) ?? undefined,
  };
  return { toolCalls: [{ index, ...started }] };
}

/** The parts of an item that is complete, under its number: a call whose input came in pieces is not told twice. */
export function numbered(
  parts: ChoiceParts | undefined,
  event: JsonObject,
): ChoiceParts | undefined {
  const index = countOf(event.output_index);
  if (!parts?.toolCalls || index === null) return parts;
  const toolCalls = parts.toolCalls.map(({ arguments: input, ...call }) => ({
    ...call,
    index,
    input,
  }));
  return { ...parts, toolCalls };
}

/** The thoughts themselves where the server shows them, else their summary. */
function thoughtsOf({ content, summary }: JsonObject): string {
  const read = (list: unknown) =>
    objectsOf(list)
      .map((part) => textOf(part.text) ?? '')
      .join('\n\n');
  return read(content) || read(summary);
}

function isAnyCall({ type }: JsonObject): boolean {
  return (
    typeof type === 'string' &&
    (type.endsWith('_call') || CALLERS_TOOLS.has(type)) &&
    type !== 'image_generation_call'
  );
}

function toolCallOf(item: JsonObject): ToolCallPart {
  const { type, call_id, id, name, input } = item;
  const given = item.arguments ?? input ?? item.action ?? item.code ?? item.queries;
  const result = item.output ?? item.results ?? item.outputs ?? undefined;
  return {
    id: textOf(call_id) ?? textOf(id) ?? undefined,
    ...(type !== 'function_call' && { type: textOf(type) ?? undefined }),
    name: textOf(name) ?? textOf(type) ?? undefined,
    arguments: inputText(given) ?? '',
    ...(result !== undefined && result !== null && { result }),
  };
}

function imageOf({ result, output_format: format }: JsonObject): Media | undefined {
  const data = textOf(result);
  if (data === null) return undefined;
  const kind = textOf(format);
  return { ...(kind !== null && { mimeType: `image/${kind}` }), data };
}
