import { JsonBody } from '../formats/json-body.ts';
import { messagesAsWritten } from '../formats/messages-as-written.ts';
import { type ParameterPlace, writeParameters } from '../formats/parameters.ts';
import type { ModelAddress, RequestToWrite, WrittenRequest } from '../provider.ts';
import { writeEmbeddings } from './embeddings.ts';
import { withImages } from './media.ts';

const OPTIONS = 'options';

const PLACE: ParameterPlace = {
  reserved: ['model', 'messages', 'prompt', 'stream'],
  defaults: [],
  choices: null,
  within: {
    name: OPTIONS,
    beside: [
      'format',
      'keep_alive',
      'think',
      'tools',
      'logprobs',
      'top_logprobs',
      'truncate',
      'shift',
    ],
  },
};

/** Images stand beside the text, so that none is left among parts. */
const FORM = { typeOfText: () => 'text', writeMedia: () => null };

/** Writes a request to Ollama's chat. */
export function writeRequest(model: ModelAddress, request: RequestToWrite): WrittenRequest {
  if (request.mode === 'embedding') return writeEmbeddings(model, request);
  const body = new JsonBody();
  const options = new JsonBody();
  body.set('model', model.id);
  body.set('messages', messagesAsWritten(withImages(request.messages, request.media), FORM));
  body.set('stream', request.stream);
  writeParameters(body, options, request, PLACE);
  if (!options.isEmpty) body.set(OPTIONS, options);
  return { path: `${model.basePath}/api/chat`, headers: model.headers, body: body.text() };
}
