import type { JsonObject } from '../../core/json.ts';
import { type ChoiceParts, partsOrNone, type ToolCallPart } from '../choice-parts.ts';
import { inputText } from '../formats/chat-parts.ts';
import { citationOf, citationsOf } from '../formats/citation.ts';
import { textOf } from '../formats/json-reading.ts';

/** What the blocks of a message say besides its text. */
export function messageParts(
  blocks: readonly JsonObject[],
  refusal: string | undefined,
): ChoiceParts | undefined {
  const isPlain = blocks.every(({ type, citations }) => type === 'text' && !citations);
  if (isPlain && refusal === undefined) return undefined;
  const results = new Map(blocks.map((block) => [block.tool_use_id, block]));
  return partsOrNone({
    reasoning: blocks.map((block) => textOf(block.thinking) ?? '').join(''),
    toolCalls: blocks
      .filter(isToolUse)
      .map((block) => withResult(toolCallOf(block), results.get(block.id))),
    citations: blocks.flatMap(({ citations }) => citationsOf(citations) ?? []),
    refusal,
  });
}

/** What the beginning of a block in a stream says. */
export function startedParts(block: JsonObject, index: number): ChoiceParts | undefined {
  if (isToolUse(block)) return { toolCalls: [{ index, ...toolCallOf(block) }] };
  const id = textOf(block.tool_use_id);
  if (id !== null) return { toolCalls: [{ index, id, ...resultOf(block) }] };
  const reasoning = textOf(block.thinking);
  return reasoning === null ? undefined : { reasoning };
}

/** What a piece of a block in a stream says. */
export function deltaParts(delta: JsonObject, index: number): ChoiceParts | undefined {
  switch (delta.type) {
    case 'thinking_delta':
      return { reasoning: textOf(delta.thinking) ?? '' };
    case 'input_json_delta':
      return { toolCalls: [{ index, arguments: textOf(delta.partial_json) ?? '' }] };
    case 'citations_delta': {
      const citation = citationOf(delta.citation);
      return citation && { citations: [citation] };
    }
    default:
      return undefined;
  }
}

function isToolUse({ type }: JsonObject): boolean {
  return typeof type === 'string' && type.endsWith('tool_use');
}

function toolCallOf({ id, type, name, input }: JsonObject): ToolCallPart {
  return {
    id: textOf(id) ?? undefined,
    ...(type !== 'tool_use' && { type: textOf(type) ?? undefined }),
    name: textOf(name) ?? undefined,
    input: inputText(input),
  };
}

/** The server runs some tools itself: what they gave stands in a block of its own. */
function withResult(call: ToolCallPart, block: JsonObject | undefined): ToolCallPart {
  return block === undefined || call.id === undefined ? call : { ...call, ...resultOf(block) };
}

function resultOf({ content }: JsonObject): ToolCallPart {
  return content === undefined ? {} : { result: content };
}
