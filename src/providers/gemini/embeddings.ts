import type { JsonValue } from '../../core/json.ts';
import { embeddingFormat, vectorsIn } from '../formats/embeddings.ts';
import { JsonBody } from '../formats/json-body.ts';
import { countOf, objectOf } from '../formats/json-reading.ts';
import { onlyTextOf } from '../formats/only-text.ts';
import { type ParameterPlace, writeParameters } from '../formats/parameters.ts';
import type { ModelAddress, RequestToWrite, WrittenRequest } from '../provider.ts';

/** Gemini's embeddings of several texts. */
export const GEMINI_EMBEDDINGS = embeddingFormat((body) => ({
  vectors: vectorsIn(body.embeddings),
  inputTokens: countOf(objectOf(body.usageMetadata).promptTokenCount),
}));

/** Writes a request for the embeddings of several texts; each of them has the parameters. */
export function writeEmbeddings(
  model: ModelAddress,
  request: RequestToWrite,
  resource: string,
  spell: (name: string) => string,
): WrittenRequest {
  const place: ParameterPlace = {
    reserved: ['model', 'content', 'requests', 'stream'],
    defaults: [],
    choices: null,
    within: null,
    spell,
  };
  const requests = request.messages.map((message) => {
    const one = new JsonBody();
    one.set('model', resource);
    one.set('content', { parts: [{ text: onlyTextOf(message) }] } satisfies JsonValue);
    writeParameters(one, one, request, place);
    return one.text();
  });
  return {
    path: `${model.basePath}/${resource}:batchEmbedContents`,
    headers: model.headers,
    body: `{"requests":[${requests.join(',')}]}`,
  };
}
