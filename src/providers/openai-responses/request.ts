import { JsonBody } from '../formats/json-body.ts';
import { messagesAsWritten } from '../formats/messages-as-written.ts';
import { type ParameterPlace, writeParameters } from '../formats/parameters.ts';
import type { ModelAddress, RequestToWrite, WrittenRequest } from '../provider.ts';
import { responsesMedia } from './media.ts';

const PLACE: ParameterPlace = {
  reserved: ['model', 'input', 'messages', 'stream', 'background'],
  defaults: [],
  choices: null,
  within: null,
};

/** Writes a request to the Responses API. */
export function writeRequest(model: ModelAddress, request: RequestToWrite): WrittenRequest {
  const body = new JsonBody();
  body.set('model', model.id);
  body.set(
    'input',
    messagesAsWritten(request.messages, {
      typeOfText: ({ role }) => (role === 'assistant' ? 'output_text' : 'input_text'),
      writeMedia: (part) => responsesMedia(part, request.media),
    }),
  );
  if (request.stream) body.set('stream', true);
  writeParameters(body, body, request, PLACE);
  return { path: `${model.basePath}/responses`, headers: model.headers, body: body.text() };
}
