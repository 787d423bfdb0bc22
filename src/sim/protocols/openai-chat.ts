import type { JsonObject, JsonValue } from '../../core/json.ts';
import { asksForUsage, completionHead, completionUsage } from './openai-usage.ts';
import type { Address, Asked, Protocol, Reply, StreamFrames } from './protocol.ts';
import { lastUserText, readMessages, readNumber, readText } from './read-body.ts';
import { readOpenaiFormat, readSeed } from './read-format.ts';
import { dataEvent, EVENT_STREAM } from './server-sent-events.ts';
import { textPieces } from './text-pieces.ts';

const ROLES = ['system', 'developer', 'user', 'assistant', 'tool', 'function'];
const MAX_CHOICES = 128;
const MAX_TOKENS = 1_000_000;

/** OpenAI chat completions, spoken by most other servers too. */
export const openaiChat: Protocol = {
  name: 'openai-chat',
  read: readChat,
  whole: (reply) => ({
    ...completionHead(reply, 'chatcmpl', 'chat.completion'),
    choices: reply.choices.map(({ text, finish }, index) => ({
      index,
      message: { role: 'assistant', content: text, refusal: null, annotations: [] },
      logprobs: null,
      finish_reason: finish,
    })),
    usage: completionUsage(reply),
    service_tier: 'default',
  }),
  frames: chatFrames,
  streamContentType: () => EVENT_STREAM,
  errorFrame: dataEvent,
  withoutChoice: (reply) => ({
    ...completionHead(reply, 'chatcmpl', 'chat.completion'),
    choices: null,
    usage: completionUsage(reply),
  }),
};

function readChat(body: JsonObject, address: Address): Asked {
  const model = address.model ?? readText(body, 'model');
  const messages = readMessages(body, ROLES);
  readNumber(body, 'temperature', { from: 0, to: 2 });
  const limit = { from: 1, to: MAX_TOKENS, whole: true };
  const maxTokens = readNumber(body, 'max_completion_tokens', limit);
  return {
    protocol: 'openai-chat',
    model,
    messages,
    prompt: lastUserText(messages),
    choices: readNumber(body, 'n', { from: 1, to: MAX_CHOICES, whole: true }) ?? 1,
    stream: body.stream === true,
    includeUsage: asksForUsage(body),
    maxTokens: maxTokens ?? readNumber(body, 'max_tokens', limit),
    format: readOpenaiFormat(
      body.response_format,
      'response_format',
      messages.map(({ text }) => text),
    ),
    seed: readSeed(body.seed ?? body.random_seed),
  };
}

function chatFrames(reply: Reply): StreamFrames {
  const head = completionHead(reply, 'chatcmpl', 'chat.completion.chunk');
  const usage = reply.asked.includeUsage ? { usage: null } : {};
  const chunk = (index: number, delta: JsonValue, finish: string | null) =>
    dataEvent({
      ...head,
      choices: [{ index, delta, logprobs: null, finish_reason: finish }],
      ...usage,
    });
  const each = (make: (index: number) => string) =>
    reply.choices.map((_, index) => make(index)).join('');
  return {
    opening: each((index) => chunk(index, { role: 'assistant', content: '', refusal: null }, null)),
    pieces: reply.choices.flatMap(({ text }, index) =>
      textPieces(text).map((piece) => chunk(index, { content: piece }, null)),
    ),
    finish:
      each((index) => chunk(index, {}, reply.choices[index]?.finish ?? 'stop')) +
      (reply.asked.includeUsage
        ? dataEvent({ ...head, choices: [], usage: completionUsage(reply) })
        : ''),
    closing: 'data: [DONE]\n\n',
  };
}
