import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { Address, Asked, Protocol, Reply, StreamFrames } from './protocol.ts';
import { lastUserText, readMessages, readNumber, readText } from './read-body.ts';
import { readOllamaFormat, readSeed } from './read-format.ts';
import { textPieces } from './text-pieces.ts';

const NANOSECONDS_PER_TOKEN = 1_000_000;

/** Ollama chat: streams lines of JSON unless `stream` is false, settings in `options`. */
export const ollama: Protocol = {
  name: 'ollama',
  read: readOllama,
  whole: (reply) => ({
    ...head(reply),
    message: { role: 'assistant', content: reply.choices[0]?.text ?? '' },
    ...ending(reply),
  }),
  frames: lineFrames,
  streamContentType: () => 'application/x-ndjson',
  errorFrame: (error) => line(error),
  withoutChoice: (reply) => ({ ...head(reply), ...ending(reply) }),
};

function readOllama(body: JsonObject, address: Address): Asked {
  const model = address.model ?? readText(body, 'model');
  const options = isJsonObject(body.options ?? null) ? (body.options as JsonObject) : {};
  const messages = readMessages(body, ['system', 'user', 'assistant', 'tool']);
  const mostTokens = readNumber(options, 'num_predict', { from: -2, to: 1_000_000, whole: true });
  return {
    protocol: 'ollama',
    model,
    messages,
    prompt: lastUserText(messages),
    choices: 1,
    stream: body.stream !== false,
    includeUsage: true,
    // Below 1 it means "no end", or "until the context is full".
    maxTokens: mostTokens !== null && mostTokens > 0 ? mostTokens : null,
    format: readOllamaFormat(body.format),
    seed: readSeed(options.seed),
  };
}

function head(reply: Reply): JsonObject {
  return {
    ...(reply.model !== null && { model: reply.model }),
    created_at: new Date(reply.createdMs).toISOString(),
  };
}

function ending(reply: Reply): JsonObject {
  const { inputTokens, outputTokens } = reply;
  return {
    done_reason: reply.choices[0]?.finish ?? 'stop',
    done: true,
    total_duration: (inputTokens + outputTokens) * NANOSECONDS_PER_TOKEN,
    load_duration: NANOSECONDS_PER_TOKEN,
    prompt_eval_count: inputTokens,
    prompt_eval_duration: inputTokens * NANOSECONDS_PER_TOKEN,
    eval_count: outputTokens,
    eval_duration: outputTokens * NANOSECONDS_PER_TOKEN,
  };
}

function lineFrames(reply: Reply): StreamFrames {
  const message = (content: string) => ({ message: { role: 'assistant', content } });
  return {
    opening: '',
    pieces: textPieces(reply.choices[0]?.text ?? '').map((piece) =>
      line({ ...head(reply), ...message(piece), done: false }),
    ),
    finish: line({ ...head(reply), ...message(''), ...ending(reply) }),
    closing: '',
  };
}

function line(value: JsonObject): string {
  return `${JSON.stringify(value)}\n`;
}
