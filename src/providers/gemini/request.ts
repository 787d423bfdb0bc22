import { isJsonObject, type JsonValue } from '../../core/json.ts';
import { isMediaPart } from '../../core/media-part.ts';
import type { Message } from '../../core/message.ts';
import { JsonBody } from '../formats/json-body.ts';
import { splitLeadingSystem } from '../formats/leading-system.ts';
import type { MediaPlaces } from '../formats/media-places.ts';
import { type ParameterPlace, writeParameters } from '../formats/parameters.ts';
import { pathOfId } from '../formats/path-of-id.ts';
import type { ModelAddress, RequestToWrite, WrittenRequest } from '../provider.ts';
import { writeEmbeddings } from './embeddings.ts';
import { geminiMedia } from './media.ts';
import { safetySettings } from './safety-filter.ts';

const CONFIG = 'generationConfig';

const SNAKE_CASE = /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/;

const PLACE: ParameterPlace = {
  reserved: ['model', 'contents', 'messages', 'stream'],
  defaults: [],
  choices: 'candidateCount',
  within: {
    name: CONFIG,
    beside: [
      'safetySettings',
      'tools',
      'toolConfig',
      'systemInstruction',
      'cachedContent',
      'labels',
    ],
  },
  spell,
};

/** Writes a request to Gemini. */
export const writeRequest = contentWriter(({ id }) =>
  pathOfId(id.includes('/') ? id : `models/${id}`),
);

/**
 * Makes the writer of requests for contents: parts, the system messages in front as the instruction.
 *
 * @param resourceOf the path of a model behind the base URL
 */
export function contentWriter(resourceOf: (model: ModelAddress) => string) {
  return (model: ModelAddress, request: RequestToWrite): WrittenRequest => {
    if (request.mode === 'embedding') {
      return writeEmbeddings(model, request, resourceOf(model), spell);
    }
    const method = request.stream ? 'streamGenerateContent?alt=sse' : 'generateContent';
    return {
      path: `${model.basePath}/${resourceOf(model)}:${method}`,
      headers: model.headers,
      body: contentBody(request).text(),
    };
  };
}

function contentBody(request: RequestToWrite): JsonBody {
  const { system, others } = splitLeadingSystem(request.messages);
  const body = new JsonBody();
  const config = new JsonBody();
  body.set(CONFIG, config);
  body.set(
    'contents',
    others.map((message) => contentOf(message, request.media)),
  );
  if (system.length > 0) {
    const parts = system.flatMap((message) => partsOf(message, request.media));
    body.set('systemInstruction', { parts });
  }
  if (request.safetyFilter !== undefined) {
    body.set('safetySettings', safetySettings(request.safetyFilter));
  }
  writeParameters(body, config, request, PLACE);
  return body;
}

/** Names in snake case as camel case, any other as it is. */
function spell(name: string): string {
  if (!SNAKE_CASE.test(name)) return name;
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** A message as Gemini's content: its parts, and the assistant under the name it has there. */
function contentOf(message: Message, media: MediaPlaces): JsonValue {
  const { role, content: _, parts: __, ...others } = message;
  return { role: role === 'assistant' ? 'model' : role, parts: partsOf(message, media), ...others };
}

/** The parts of a message, whether it has Gemini's `parts` or the `content` of other APIs. */
function partsOf(message: Message, media: MediaPlaces): readonly JsonValue[] {
  const given: JsonValue | undefined = message.parts ?? message.content;
  if (Array.isArray(given)) return given.map((part) => partOf(part, media));
  return given === undefined || given === null ? [] : [partOf(given, media)];
}

/** A text, and the ways in which others write a part that is nothing but text; any other as it is. */
function partOf(part: JsonValue, media: MediaPlaces): JsonValue {
  if (typeof part === 'string') return { text: part };
  if (isMediaPart(part)) return geminiMedia(part, media);
  if (!isJsonObject(part) || part.type !== 'text' || Object.keys(part).length !== 2) return part;
  const text = part.text ?? part.media;
  return typeof text === 'string' ? { text } : part;
}
