import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { Address, Asked, AskedMessage, Protocol, Reply, StreamFrames } from './protocol.ts';
import { contentText, lastUserText, missing, readNumber, readText, wrong } from './read-body.ts';
import { readOpenaiFormat, readSeed } from './read-format.ts';
import { EVENT_STREAM, namedEvent } from './server-sent-events.ts';
import { textPieces } from './text-pieces.ts';

/** OpenAI responses: one answer with output items, streamed as numbered events. */
export const openaiResponses: Protocol = {
  name: 'openai-responses',
  read: readResponses,
  whole: (reply) => responseObject(reply, 'done'),
  frames: responseFrames,
  streamContentType: () => EVENT_STREAM,
  errorFrame: (error) => {
    const inner = isJsonObject(error.error ?? null) ? (error.error as JsonObject) : {};
    const { code = null, message = '' } = inner;
    return namedEvent('error', { type: 'error', sequence_number: 0, code, message, param: null });
  },
  withoutChoice: (reply) => ({ ...responseObject(reply, 'done'), output: [] }),
};

function readResponses(body: JsonObject, address: Address): Asked {
  const model = address.model ?? readText(body, 'model');
  const messages = readInput(body);
  readNumber(body, 'temperature', { from: 0, to: 2 });
  return {
    protocol: 'openai-responses',
    model,
    messages,
    prompt: lastUserText(messages),
    choices: 1,
    stream: body.stream === true,
    includeUsage: true,
    maxTokens: readNumber(body, 'max_output_tokens', { from: 16, to: 1_000_000, whole: true }),
    format: readOpenaiFormat(
      isJsonObject(body.text) ? body.text.format : undefined,
      'text.format',
      messages.map(({ text }) => text),
    ),
    seed: readSeed(body.seed),
  };
}

function readInput(body: JsonObject): AskedMessage[] {
  const { input, instructions } = body;
  const first: AskedMessage[] =
    typeof instructions === 'string' ? [{ role: 'system', text: instructions }] : [];
  if (input === undefined) throw missing('input');
  if (typeof input === 'string') return [...first, { role: 'user', text: input }];
  if (!Array.isArray(input) || input.length === 0) {
    throw wrong('input', 'must be a string or a list of items');
  }
  const messages = input.filter(isJsonObject).map((item): AskedMessage => {
    const role = item.role === 'assistant' || item.role === 'user' ? item.role : 'system';
    return { role, text: contentText(item.content) };
  });
  return [...first, ...messages];
}

/** The response at one of its stages: just created, or done. */
function responseObject(reply: Reply, stage: 'created' | 'done'): JsonObject {
  const cut = reply.choices[0]?.finish === 'length';
  const done = stage === 'done';
  return {
    id: `resp_${reply.id}`,
    object: 'response',
    created_at: Math.floor(reply.createdMs / 1000),
    status: done ? (cut ? 'incomplete' : 'completed') : 'in_progress',
    background: false,
    error: null,
    incomplete_details: done && cut ? { reason: 'max_output_tokens' } : null,
    instructions: null,
    max_output_tokens: reply.asked.maxTokens,
    ...(reply.model !== null && { model: reply.model }),
    output: done ? [outputItem(reply, 'completed')] : [],
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    store: true,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    usage: done ? responseUsage(reply) : null,
    user: null,
    metadata: {},
  };
}

function outputItem(reply: Reply, status: 'in_progress' | 'completed'): JsonObject {
  return {
    id: `msg_${reply.id}`,
    type: 'message',
    status,
    role: 'assistant',
    content: status === 'completed' ? [textPart(reply.choices[0]?.text ?? '')] : [],
  };
}

function textPart(text: string): JsonObject {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

function responseUsage(reply: Reply): JsonObject {
  return {
    input_tokens: reply.inputTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: reply.outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: reply.inputTokens + reply.outputTokens,
  };
}

function responseFrames(reply: Reply): StreamFrames {
  let number = 0;
  const event = (type: string, data: JsonObject) =>
    namedEvent(type, { type, sequence_number: number++, ...data });
  const text = reply.choices[0]?.text ?? '';
  const inItem = { item_id: `msg_${reply.id}`, output_index: 0 };
  const inPart = { ...inItem, content_index: 0 };
  const created = { response: responseObject(reply, 'created') };
  const opening =
    event('response.created', created) +
    event('response.in_progress', created) +
    event('response.output_item.added', {
      output_index: 0,
      item: outputItem(reply, 'in_progress'),
    }) +
    event('response.content_part.added', { ...inPart, part: textPart('') });
  const pieces = textPieces(text).map((delta) =>
    event('response.output_text.delta', { ...inPart, delta, logprobs: [] }),
  );
  const last = responseObject(reply, 'done');
  const finish =
    event('response.output_text.done', { ...inPart, text, logprobs: [] }) +
    event('response.content_part.done', { ...inPart, part: textPart(text) }) +
    event('response.output_item.done', { output_index: 0, item: outputItem(reply, 'completed') }) +
    event(`response.${String(last.status)}`, { response: last });
  return { opening, pieces, finish, closing: '' };
}
