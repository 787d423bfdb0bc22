import { embeddingFormat, vectorsIn } from '../formats/embeddings.ts';
import { JsonBody } from '../formats/json-body.ts';
import { countOf, textOf } from '../formats/json-reading.ts';
import { onlyTextOf } from '../formats/only-text.ts';
import { type ParameterPlace, writeParameters } from '../formats/parameters.ts';
import type { ModelAddress, RequestToWrite, WrittenRequest } from '../provider.ts';

const OPTIONS = 'options';

const PLACE: ParameterPlace = {
  reserved: ['model', 'input', 'stream'],
  defaults: [],
  choices: null,
  within: { name: OPTIONS, beside: ['truncate', 'dimensions', 'keep_alive'] },
};

/** Ollama's embeddings. */
export const OLLAMA_EMBEDDINGS = embeddingFormat((body) => ({
  vectors: vectorsIn(body.embeddings),
  model: textOf(body.model),
  inputTokens: countOf(body.prompt_eval_count),
}));

/** Writes a request for the embeddings of texts. */
export function writeEmbeddings(model: ModelAddress, request: RequestToWrite): WrittenRequest {
  const body = new JsonBody();
  const options = new JsonBody();
  body.set('model', model.id);
  body.set('input', request.messages.map(onlyTextOf));
  writeParameters(body, options, request, PLACE);
  if (!options.isEmpty) body.set(OPTIONS, options);
  return { path: `${model.basePath}/api/embed`, headers: model.headers, body: body.text() };
}
