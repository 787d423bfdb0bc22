import { CHAT_COMPLETIONS } from '../formats/chat-completions.ts';
import { chatWriter } from '../formats/chat-request.ts';
import { EMBEDDINGS } from '../formats/embeddings.ts';
import { MISTRAL_SCHEMA, RESPONSE_FORMAT } from '../formats/response-format.ts';
import type { Provider } from '../provider.ts';
import { withUsualPath } from '../transport/base-url.ts';
import { MISTRAL_MEDIA, mistralMedia } from './media.ts';

const USUAL_BASE_URL = 'https://api.mistral.ai/v1';

/** Mistral by its chat API. Its streams tell their usage unasked. */
export const provider: Provider = {
  description: {
    name: 'mistral',
    label: 'Mistral',
    keyVariables: ['MISTRAL_API_KEY'],
    keyRequired: true,
    baseUrlVariables: ['MISTRAL_BASE_URL'],
    defaultBaseUrl: USUAL_BASE_URL,
    media: MISTRAL_MEDIA,
    structured: RESPONSE_FORMAT,
    embeddings: { maxTexts: 256 },
  },
  priceListId: 'mistral',
  key: { header: 'authorization', scheme: 'Bearer' },
  choicesParameter: 'n',
  completionMode: false,
  schemaFields: MISTRAL_SCHEMA,
  baseUrl: (address) => withUsualPath(address, USUAL_BASE_URL),
  writeRequest: chatWriter({ choices: 'n', streamOptions: false, media: mistralMedia }),
  format: (mode) => (mode === 'embedding' ? EMBEDDINGS : CHAT_COMPLETIONS),
};
