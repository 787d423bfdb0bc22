import type { JsonValue } from '../../core/json.ts';
import type { MediaPart } from '../../core/media-part.ts';
import type { Message } from '../../core/message.ts';
import { JsonBody } from '../formats/json-body.ts';
import { splitLeadingSystem } from '../formats/leading-system.ts';
import { messagesAsWritten, partsAsWritten } from '../formats/messages-as-written.ts';
import { type ParameterPlace, writeParameters } from '../formats/parameters.ts';
import type { ModelAddress, RequestToWrite, WrittenRequest } from '../provider.ts';
import { largestOutput } from './largest-output.ts';
import { anthropicMedia } from './media.ts';

const PLACE: ParameterPlace = {
  reserved: ['model', 'messages', 'stream'],
  defaults: ['max_tokens'],
  choices: null,
  within: null,
};

/** Writes a request to the Messages API: the system messages in front as its `system`. */
export function writeRequest(model: ModelAddress, request: RequestToWrite): WrittenRequest {
  const { system, others } = splitLeadingSystem(request.messages);
  const writeMedia = (part: MediaPart) => anthropicMedia(part, request.media);
  const body = new JsonBody();
  body.set('model', model.id);
  body.set('max_tokens', largestOutput(model.id));
  if (system.length > 0) {
    body.set(
      'system',
      system.flatMap((message) => blocksOf(message, writeMedia)),
    );
  }
  body.set('messages', messagesAsWritten(others, { typeOfText: () => 'text', writeMedia }));
  if (request.stream) body.set('stream', true);
  writeParameters(body, body, request, PLACE);
  return { path: `${model.basePath}/messages`, headers: model.headers, body: body.text() };
}

/** A system message as blocks; what stands beside its text, such as `cache_control`, belongs to the block. */
function blocksOf(
  { role: _, content, ...others }: Message,
  writeMedia: (part: MediaPart) => JsonValue,
): readonly JsonValue[] {
  if (typeof content !== 'string') return partsAsWritten(content, 'text', writeMedia);
  return [{ type: 'text', text: content, ...others }];
}
