import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { Address, Asked, Choice, Protocol, Reply, StreamFrames } from './protocol.ts';
import {
  contentText,
  lastUserText,
  missing,
  readMessages,
  readNumber,
  readText,
} from './read-body.ts';
import { readAnthropicFormat } from './read-format.ts';
import { EVENT_STREAM, namedEvent } from './server-sent-events.ts';
import { textPieces } from './text-pieces.ts';

const STOP_REASONS: Readonly<Record<Choice['finish'], string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
};

/** Anthropic messages: `max_tokens` is required, the system prompt stands apart. */
export const anthropic: Protocol = {
  name: 'anthropic',
  read: readAnthropic,
  whole: (reply) => messageObject(reply, 'done'),
  frames: messageFrames,
  streamContentType: () => EVENT_STREAM,
  errorFrame: (error) => namedEvent('error', error),
  withoutChoice: (reply) => ({ ...messageObject(reply, 'done'), content: [] }),
};

function readAnthropic(body: JsonObject, address: Address): Asked {
  const model = address.model ?? readText(body, 'model');
  const maxTokens = readNumber(body, 'max_tokens', { from: 1, to: 1_000_000, whole: true });
  if (maxTokens === null) throw missing('max_tokens');
  readNumber(body, 'temperature', { from: 0, to: 1 });
  const messages = readMessages(body, ['user', 'assistant']);
  const system = contentText(body.system);
  return {
    protocol: 'anthropic',
    model,
    messages: system === '' ? messages : [{ role: 'system', text: system }, ...messages],
    prompt: lastUserText(messages),
    choices: 1,
    stream: body.stream === true,
    includeUsage: true,
    maxTokens,
    format: readAnthropicFormat(body),
  };
}

function messageObject(reply: Reply, stage: 'started' | 'done'): JsonObject {
  const [choice] = reply.choices;
  const done = stage === 'done' && choice !== undefined;
  return {
    id: `msg_${reply.id}`,
    type: 'message',
    role: 'assistant',
    ...(reply.model !== null && { model: reply.model }),
    content: done ? [contentBlock(reply, choice)] : [],
    stop_reason: done ? stopReason(reply, choice) : null,
    stop_sequence: null,
    usage: {
      input_tokens: reply.inputTokens,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens: done ? reply.outputTokens : 1,
      service_tier: 'standard',
    },
  };
}

function messageFrames(reply: Reply): StreamFrames {
  const [choice = { text: '', finish: 'stop' } as const] = reply.choices;
  const event = (type: string, data: JsonObject) => namedEvent(type, { type, ...data });
  return {
    opening:
      event('message_start', { message: messageObject(reply, 'started') }) +
      event('content_block_start', { index: 0, content_block: openingBlock(reply, choice) }) +
      event('ping', {}),
    pieces: textPieces(choice.text).map((text) =>
      event('content_block_delta', {
        index: 0,
        delta:
          toolInput(reply, choice) === undefined
            ? { type: 'text_delta', text }
            : { type: 'input_json_delta', partial_json: text },
      }),
    ),
    finish:
      event('content_block_stop', { index: 0 }) +
      event('message_delta', {
        delta: { stop_reason: stopReason(reply, choice), stop_sequence: null },
        usage: { output_tokens: reply.outputTokens },
      }),
    closing: event('message_stop', {}),
  };
}

/** What the tool is called with; undefined where none is called, as by a model that answers in prose all the same. */
function toolInput({ asked }: Reply, { text }: Choice): JsonObject | undefined {
  if (asked.format?.level !== 'tool') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function contentBlock(reply: Reply, choice: Choice): JsonObject {
  const input = toolInput(reply, choice);
  return input === undefined ? { type: 'text', text: choice.text } : toolBlock(reply, input);
}

function openingBlock(reply: Reply, choice: Choice): JsonObject {
  return toolInput(reply, choice) === undefined ? { type: 'text', text: '' } : toolBlock(reply, {});
}

function toolBlock({ id, asked }: Reply, input: JsonObject): JsonObject {
  return { type: 'tool_use', id: `toolu_${id}`, name: asked.format?.tool ?? 'json', input };
}

function stopReason(reply: Reply, choice: Choice): string {
  return toolInput(reply, choice) === undefined ? STOP_REASONS[choice.finish] : 'tool_use';
}
