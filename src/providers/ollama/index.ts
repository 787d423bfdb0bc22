import type { Provider } from '../provider.ts';
import { addressOf } from '../transport/base-url.ts';
import { OLLAMA_EMBEDDINGS } from './embeddings.ts';
import { OLLAMA_CHAT } from './format.ts';
import { addressOfHost } from './host-variable.ts';
import { OLLAMA_MEDIA } from './media.ts';
import { writeRequest } from './request.ts';
import { OLLAMA_SCHEMA } from './schema.ts';

/** Ollama by its own chat API: the one that takes the options of a local model. */
export const provider: Provider = {
  description: {
    name: 'ollama',
    label: 'Ollama',
    unlikePrompto: [
      {
        rows: 'one_text',
        says: 'a prompt of one text goes to /api/chat (prompto: /api/generate)',
      },
    ],
    keyVariables: ['OLLAMA_API_KEY'],
    keyRequired: false,
    baseUrlVariables: ['OLLAMA_BASE_URL', 'OLLAMA_API_ENDPOINT', 'OLLAMA_HOST'],
    defaultBaseUrl: 'http://127.0.0.1:11434',
    media: OLLAMA_MEDIA,
    structured: { levels: ['json_schema', 'json_object', 'prompt'], parameters: ['format'] },
    embeddings: { maxTexts: null },
    oneModelAtATime: { exceptAt: ['ollama.com'] },
    note: 'Models of one server take turns, since it loads them one after the other. Parameters go into `options`; `format`, `keep_alive`, `think` and `tools` stand beside them.',
  },
  priceListId: null,
  key: { header: 'authorization', scheme: 'Bearer' },
  choicesParameter: null,
  completionMode: false,
  schemaFields: OLLAMA_SCHEMA,
  readAddress: addressOfHost,
  baseUrl: ({ url }) => addressOf(url).replace(/\/(api|v1)$/, ''),
  writeRequest,
  format: (mode) => (mode === 'embedding' ? OLLAMA_EMBEDDINGS : OLLAMA_CHAT),
};
