import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { Address, Asked, Protocol, ProtocolName, Reply } from './protocol.ts';
import { contentText, missing, readNumber, readText, wrong } from './read-body.ts';

const DIMENSIONS = { from: 1, to: 4096, whole: true };
const MOST_OPENAI_INPUTS = 2048;
const MOST_GEMINI_INPUTS = 100;

/** OpenAI's embeddings, spoken by Mistral and most other servers too. */
export const openaiEmbeddings: Protocol = {
  ...unstreamed('openai-embeddings'),
  read: (body, address) => {
    const model = address.model ?? readText(body, 'model');
    const dimensions = readNumber(body, 'dimensions', DIMENSIONS);
    const texts = readInput(body, MOST_OPENAI_INPUTS);
    const encoding = body.encoding_format ?? 'float';
    if (encoding !== 'float' && encoding !== 'base64') {
      throw wrong('encoding_format', 'must be float or base64');
    }
    return asked('openai-embeddings', model, texts, dimensions, encoding === 'base64');
  },
  whole: (reply) => ({
    object: 'list',
    data: vectors(reply).map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: reply.asked.embeds?.asBase64 ? base64(vector) : vector,
    })),
    ...(reply.model !== null && { model: reply.model }),
    usage: { prompt_tokens: reply.inputTokens, total_tokens: reply.inputTokens },
  }),
  withoutChoice: () => ({ object: 'list', data: [] }),
};

/** Gemini's embedding of many texts, and of one. */
export const geminiEmbeddings: Protocol = {
  ...unstreamed('gemini-embeddings'),
  read: (body, address) => {
    const requests = address.isBatch ? listOf(body.requests, 'requests') : [body];
    if (requests.length > MOST_GEMINI_INPUTS) {
      throw wrong('requests', `must hold at most ${MOST_GEMINI_INPUTS} requests`);
    }
    const texts = requests.map((request, index) => {
      const content = isJsonObject(request) ? request.content : undefined;
      if (!isJsonObject(content)) throw missing(`requests[${index}].content`);
      return contentText(content.parts);
    });
    const [first] = requests;
    const dimensions = isJsonObject(first)
      ? readNumber(first, 'outputDimensionality', DIMENSIONS)
      : null;
    return asked('gemini-embeddings', address.model ?? '', texts, dimensions, false);
  },
  whole: (reply, address) => {
    const embeddings = vectors(reply).map((values) => ({ values }));
    const usageMetadata = { promptTokenCount: reply.inputTokens };
    return address.isBatch
      ? { embeddings, usageMetadata }
      : { embedding: embeddings[0] ?? { values: [] }, usageMetadata };
  },
  withoutChoice: () => ({ embeddings: [] }),
};

/** Ollama's embeddings. */
export const ollamaEmbeddings: Protocol = {
  ...unstreamed('ollama-embeddings'),
  read: (body, address) => {
    const model = address.model ?? readText(body, 'model');
    const dimensions = readNumber(body, 'dimensions', DIMENSIONS);
    const texts = readInput(body, MOST_OPENAI_INPUTS);
    return asked('ollama-embeddings', model, texts, dimensions, false);
  },
  whole: (reply) => ({
    ...(reply.model !== null && { model: reply.model }),
    embeddings: vectors(reply),
    total_duration: 1_000_000 * reply.inputTokens,
    load_duration: 1_000_000,
    prompt_eval_count: reply.inputTokens,
  }),
  withoutChoice: (reply) => ({
    ...(reply.model !== null && { model: reply.model }),
    embeddings: [],
  }),
};

function unstreamed(name: ProtocolName) {
  return {
    name,
    frames: () => ({ opening: '', pieces: [], finish: '', closing: '' }),
    streamContentType: () => 'application/json',
    errorFrame: (error: JsonObject) => JSON.stringify(error),
  };
}

function asked(
  protocol: ProtocolName,
  model: string,
  texts: readonly string[],
  dimensions: number | null,
  asBase64: boolean,
): Asked {
  return {
    protocol,
    model,
    messages: texts.map((text) => ({ role: 'user', text })),
    prompt: texts.at(-1) ?? '',
    choices: texts.length,
    stream: false,
    includeUsage: true,
    maxTokens: null,
    embeds: { dimensions, asBase64 },
  };
}

/** One text, or a list of texts, none of them empty. */
function readInput(body: JsonObject, most: number): string[] {
  const { input } = body;
  if (input === undefined) throw missing('input');
  const texts = typeof input === 'string' ? [input] : input;
  if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string')) {
    throw wrong('input', 'must be a string or a list of strings');
  }
  if (texts.length === 0 || texts.length > most) {
    throw wrong('input', `must hold 1 to ${most} texts`);
  }
  if (texts.includes('')) throw wrong('input', 'must hold no empty text');
  return texts;
}

function listOf(value: JsonValue | undefined, name: string): readonly JsonValue[] {
  if (value === undefined) throw missing(name);
  if (!Array.isArray(value) || value.length === 0) throw wrong(name, 'must hold at least one');
  return value as readonly JsonValue[];
}

function vectors(reply: Reply): number[][] {
  return reply.choices.map(({ text }) => JSON.parse(text) as number[]);
}

/** Little-endian single-precision numbers, as OpenAI packs them. */
function base64(vector: readonly number[]): string {
  return Buffer.from(new Float32Array(vector).buffer).toString('base64');
}

/** The address of a request for embeddings. */
export function embeddingAddress(model: string | null, isBatch = false): Address {
  return { model, stream: null, serverSentEvents: false, isBatch };
}
