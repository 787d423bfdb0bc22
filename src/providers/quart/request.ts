import { JsonBody } from '../formats/json-body.ts';
import { type ParameterPlace, writeParameters } from '../formats/parameters.ts';
import type { ModelAddress, RequestToWrite, WrittenRequest } from '../provider.ts';

const OPTIONS = 'options';

const PLACE: ParameterPlace = {
  reserved: ['text', 'model', 'messages', 'prompt', 'stream'],
  defaults: [],
  choices: null,
  within: { name: OPTIONS, beside: [] },
};

/** Writes a request: the one text, the model if it has a name, and the parameters as options. */
export function writeRequest(model: ModelAddress, request: RequestToWrite): WrittenRequest {
  const body = new JsonBody();
  const options = new JsonBody();
  body.set('text', request.messages[0]!.content as string);
  if (model.id !== '') body.set('model', model.id);
  body.set(OPTIONS, options);
  writeParameters(body, options, request, PLACE);
  return { path: `${model.basePath}/generate`, headers: model.headers, body: body.text() };
}
