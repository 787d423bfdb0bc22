import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type {
  Address,
  Asked,
  AskedMessage,
  Choice,
  Protocol,
  Reply,
  StreamFrames,
} from './protocol.ts';
import { contentText, lastUserText, missing, readNumber, wrong } from './read-body.ts';
import { readGeminiFormat, readSeed } from './read-format.ts';
import { dataEvent, EVENT_STREAM } from './server-sent-events.ts';
import { textPieces } from './text-pieces.ts';

const FINISH_REASONS: Readonly<Record<Choice['finish'], string>> = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
};

/** Gemini generateContent: the model stands in the address, settings in `generationConfig`. */
export const gemini: Protocol = {
  name: 'gemini',
  read: readGemini,
  whole: (reply) =>
    generation(
      reply,
      reply.choices.map(({ text, finish }, index) => candidate(index, text, finish)),
      true,
    ),
  frames: generationFrames,
  streamContentType: (address) =>
    address.serverSentEvents ? EVENT_STREAM : 'application/json; charset=UTF-8',
  errorFrame: dataEvent,
  withoutChoice: (reply) => generation(reply, [], true),
};

function readGemini(body: JsonObject, address: Address): Asked {
  const config = isJsonObject(body.generationConfig ?? null)
    ? (body.generationConfig as JsonObject)
    : {};
  const messages = readContents(body);
  readNumber(config, 'temperature', { from: 0, to: 2 });
  return {
    protocol: 'gemini',
    model: address.model ?? '',
    messages,
    prompt: lastUserText(messages),
    choices: readNumber(config, 'candidateCount', { from: 1, to: 8, whole: true }) ?? 1,
    stream: address.stream === true,
    includeUsage: true,
    maxTokens: readNumber(config, 'maxOutputTokens', { from: 1, to: 1_000_000, whole: true }),
    format: readGeminiFormat(config),
    seed: readSeed(config.seed),
  };
}

function readContents(body: JsonObject): AskedMessage[] {
  const { contents } = body;
  if (contents === undefined) throw missing('contents');
  if (!Array.isArray(contents) || contents.length === 0) {
    throw wrong('contents', 'must hold at least one content');
  }
  const instruction = body.systemInstruction ?? body.system_instruction;
  const system = isJsonObject(instruction ?? null)
    ? contentText((instruction as JsonObject).parts)
    : '';
  const messages = contents.map((content, index): AskedMessage => {
    const role = isJsonObject(content) ? (content.role ?? 'user') : null;
    if (!isJsonObject(content) || (role !== 'user' && role !== 'model')) {
      throw wrong(`contents[${index}].role`, 'must be user or model');
    }
    if (content.parts === undefined) throw missing(`contents[${index}].parts`);
    return { role: role === 'model' ? 'assistant' : 'user', text: contentText(content.parts) };
  });
  return system === '' ? messages : [{ role: 'system', text: system }, ...messages];
}

function candidate(index: number, text: string, finish?: Choice['finish']): JsonObject {
  return {
    content: { parts: [{ text }], role: 'model' },
    ...(finish && { finishReason: FINISH_REASONS[finish] }),
    index,
  };
}

function generation(reply: Reply, candidates: readonly JsonValue[], done: boolean): JsonObject {
  const { inputTokens, outputTokens } = reply;
  return {
    ...(candidates.length > 0 && { candidates }),
    usageMetadata: {
      promptTokenCount: inputTokens,
      ...(done && { candidatesTokenCount: outputTokens }),
      totalTokenCount: inputTokens + (done ? outputTokens : 0),
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: inputTokens }],
    },
    ...(reply.model !== null && { modelVersion: reply.model }),
    responseId: reply.id,
  };
}

function generationFrames(reply: Reply, address: Address): StreamFrames {
  const pieces = reply.choices.flatMap(({ text }, index) =>
    textPieces(text).map((piece) => generation(reply, [candidate(index, piece)], false)),
  );
  const finish = generation(
    reply,
    reply.choices.map((choice, index) => candidate(index, '', choice.finish)),
    true,
  );
  if (address.serverSentEvents) {
    return { opening: '', pieces: pieces.map(dataEvent), finish: dataEvent(finish), closing: '' };
  }
  return {
    opening: '[',
    pieces: pieces.map((piece) => `${JSON.stringify(piece)}\n,\r\n`),
    finish: JSON.stringify(finish),
    closing: '\n]\n',
  };
}
