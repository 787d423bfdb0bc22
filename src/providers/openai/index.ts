import { ACCOUNT_HEADERS } from '../formats/account-headers.ts';
import { CHAT_COMPLETIONS, COMPLETIONS } from '../formats/chat-completions.ts';
import { CHAT_MEDIA } from '../formats/chat-media.ts';
import { chatWriter } from '../formats/chat-request.ts';
import { EMBEDDINGS } from '../formats/embeddings.ts';
import { OPENAI_SCHEMA, RESPONSE_FORMAT } from '../formats/response-format.ts';
import type { Provider } from '../provider.ts';
import { withUsualPath } from '../transport/base-url.ts';

const USUAL_BASE_URL = 'https://api.openai.com/v1';

const FORMATS = { chat: CHAT_COMPLETIONS, completion: COMPLETIONS, embedding: EMBEDDINGS };

/** OpenAI by Chat Completions, or by the older Completions. */
export const provider: Provider = {
  description: {
    name: 'openai',
    label: 'OpenAI',
    headerVariables: ACCOUNT_HEADERS,
    keyVariables: ['OPENAI_API_KEY'],
    keyRequired: true,
    baseUrlVariables: ['OPENAI_BASE_URL', 'OPENAI_API_BASE'],
    defaultBaseUrl: USUAL_BASE_URL,
    media: CHAT_MEDIA,
    structured: RESPONSE_FORMAT,
    embeddings: { maxTexts: 2048 },
    note: 'Chat Completions; `mode: completion` asks the older Completions. `OPENAI_ORG_ID` and `OPENAI_PROJECT_ID` choose the organisation and the project.',
  },
  priceListId: 'openai',
  tierFactors: { default: 1, auto: 1, flex: 0.5, batch: 0.5 },
  key: { header: 'authorization', scheme: 'Bearer' },
  choicesParameter: 'n',
  completionMode: true,
  schemaFields: OPENAI_SCHEMA,
  baseUrl: (address) => withUsualPath(address, USUAL_BASE_URL),
  writeRequest: chatWriter({ choices: 'n', streamOptions: true }),
  format: (mode) => FORMATS[mode],
};
