import { JsonBody } from '../formats/json-body.ts';
import { splitLeadingSystem } from '../formats/leading-system.ts';
import { messagesAsWritten, partsAsWritten } from '../formats/messages-as-written.ts';
import { type ParameterPlace, writeParameters } from '../formats/parameters.ts';
import type { ModelAddress, RequestToWrite, WrittenRequest } from '../provider.ts';
import { largestOutput } from './largest-output.ts';

const PLACE: ParameterPlace = {
  reserved: ['model', 'messages', 'stream'],
  defaults: ['max_tokens'],
  choices: null,
  within: null,
};

/** Writes a request to the Messages API: the system messages in front as its `system`. */
export function writeRequest(model: ModelAddress, request: RequestToWrite): WrittenRequest {
  const { system, others } = splitLeadingSystem(request.messages);
  const body = new JsonBody();
  body.set('model', model.id);
  body.set('max_tokens', largestOutput(model.id));
  if (system.length > 0) {
    body.set(
      'system',
      system.flatMap(({ content }) => partsAsWritten(content)),
    );
  }
  body.set('messages', messagesAsWritten(others));
  if (request.stream) body.set('stream', true);
  writeParameters(body, body, request, PLACE);
  return { path: `${model.basePath}/messages`, headers: model.headers, body: body.text() };
}
