import type { JsonObject } from '../../core/json.ts';
import { asksForUsage, completionHead, completionUsage } from './openai-usage.ts';
import type { Address, Asked, Protocol, Reply, StreamFrames } from './protocol.ts';
import { missing, readNumber, readText, wrong } from './read-body.ts';
import { readSeed } from './read-format.ts';
import { dataEvent, EVENT_STREAM } from './server-sent-events.ts';
import { textPieces } from './text-pieces.ts';

/** What OpenAI's text completions give when no length is asked. */
const DEFAULT_MAX_TOKENS = 16;

/** OpenAI text completions, the older form that takes a bare prompt. */
export const openaiCompletion: Protocol = {
  name: 'openai-completion',
  read: readCompletion,
  whole: (reply) => ({
    ...completionHead(reply, 'cmpl', 'text_completion'),
    choices: reply.choices.map(({ text, finish }, index) => ({
      text,
      index,
      logprobs: null,
      finish_reason: finish,
    })),
    usage: completionUsage(reply),
  }),
  frames: completionFrames,
  streamContentType: () => EVENT_STREAM,
  errorFrame: dataEvent,
  withoutChoice: (reply) => ({
    ...completionHead(reply, 'cmpl', 'text_completion'),
    choices: [],
    usage: completionUsage(reply),
  }),
};

function readCompletion(body: JsonObject, address: Address): Asked {
  const model = address.model ?? readText(body, 'model');
  const prompt = readPrompt(body);
  readNumber(body, 'temperature', { from: 0, to: 2 });
  return {
    protocol: 'openai-completion',
    model,
    messages: [{ role: 'user', text: prompt }],
    prompt,
    choices: readNumber(body, 'n', { from: 1, to: 128, whole: true }) ?? 1,
    stream: body.stream === true,
    includeUsage: asksForUsage(body),
    maxTokens:
      readNumber(body, 'max_tokens', { from: 0, to: 1_000_000, whole: true }) ?? DEFAULT_MAX_TOKENS,
    seed: readSeed(body.seed),
  };
}

function readPrompt(body: JsonObject): string {
  if (typeof body.prompt === 'string') return body.prompt;
  if (body.prompt === undefined) throw missing('prompt');
  const [only, ...more] = Array.isArray(body.prompt) ? body.prompt : [];
  if (typeof only === 'string' && more.length === 0) return only;
  throw wrong('prompt', 'must be a string or a list of one string');
}

function completionFrames(reply: Reply): StreamFrames {
  const head = completionHead(reply, 'cmpl', 'text_completion');
  const chunk = (index: number, text: string, finish: string | null) =>
    dataEvent({ ...head, choices: [{ text, index, logprobs: null, finish_reason: finish }] });
  return {
    opening: '',
    pieces: reply.choices.flatMap(({ text }, index) =>
      textPieces(text).map((piece) => chunk(index, piece, null)),
    ),
    finish:
      reply.choices.map(({ finish }, index) => chunk(index, '', finish)).join('') +
      (reply.asked.includeUsage
        ? dataEvent({ ...head, choices: [], usage: completionUsage(reply) })
        : ''),
    closing: 'data: [DONE]\n\n',
  };
}
