import type { JsonValue } from '../../core/json.ts';
import type { MediaPart } from '../../core/media-part.ts';
import type { ModelAddress, RequestToWrite, WrittenRequest } from '../provider.ts';
import { chatMedia } from './chat-media.ts';
import { JsonBody } from './json-body.ts';
import type { MediaPlaces } from './media-places.ts';
import { messagesAsWritten } from './messages-as-written.ts';
import { onlyTextOf } from './only-text.ts';
import { type ParameterPlace, writeParameters } from './parameters.ts';

const RESERVED = ['model', 'messages', 'prompt', 'stream'];
const USAGE_TOO = { include_usage: true };

/** In what the many APIs that copy OpenAI's differ. */
export interface ChatDialect {
  /** The parameter that asks for several choices; null if there is none. */
  readonly choices: string | null;
  /** True: a stream tells its usage only when asked by `stream_options`. */
  readonly streamOptions: boolean;
  /** Writes an image, a sound, a document or a video; absent: as OpenAI has it. */
  media?(part: MediaPart, media: MediaPlaces): JsonValue;
  /** Writes the path of a call from its usual end; absent: behind the base URL. */
  path?(model: ModelAddress, end: string): string;
}

/** Makes the writer of requests to Chat Completions, and to the older Completions. */
export function chatWriter({ choices, streamOptions, path, media = chatMedia }: ChatDialect) {
  const place: ParameterPlace = {
    reserved: RESERVED,
    defaults: ['stream_options'],
    choices,
    within: null,
  };
  return (model: ModelAddress, request: RequestToWrite): WrittenRequest => {
    if (request.mode === 'embedding') {
      const end = '/embeddings';
      return writeEmbeddings(model, request, path?.(model, end) ?? model.basePath + end);
    }
    const completion = request.mode === 'completion';
    const body = new JsonBody();
    body.set('model', model.id);
    if (completion) body.set('prompt', onlyTextOf(request.messages[0]!));
    else {
      const form = {
        typeOfText: () => 'text',
        writeMedia: (part: MediaPart) => media(part, request.media),
      };
      body.set('messages', messagesAsWritten(request.messages, form));
    }
    if (request.stream) {
      body.set('stream', true);
      if (streamOptions && request.streamOptions) body.set('stream_options', USAGE_TOO);
    }
    writeParameters(body, body, known(request), place);
    const end = completion ? '/completions' : '/chat/completions';
    return {
      path: path?.(model, end) ?? model.basePath + end,
      headers: model.headers,
      body: body.text(),
    };
  };
}

/** A server that does not know `stream_options` is not told that there are none, either. */
function known(request: RequestToWrite): RequestToWrite {
  if (request.streamOptions || request.parameters.stream_options !== null) return request;
  const { stream_options: _, ...others } = request.parameters;
  return { ...request, parameters: others };
}

const EMBEDDINGS_PLACE: ParameterPlace = {
  reserved: ['model', 'input', 'stream'],
  defaults: [],
  choices: null,
  within: null,
};

/** Writes a request for the embeddings of texts. */
function writeEmbeddings(
  model: ModelAddress,
  request: RequestToWrite,
  path: string,
): WrittenRequest {
  const body = new JsonBody();
  body.set('model', model.id);
  body.set('input', request.messages.map(onlyTextOf));
  writeParameters(body, body, request, EMBEDDINGS_PLACE);
  return { path, headers: model.headers, body: body.text() };
}
