import { ACCOUNT_HEADERS } from '../formats/account-headers.ts';
import { RESPONSE_FORMAT, RESPONSES_SCHEMA } from '../formats/response-format.ts';
import { provider as openai } from '../openai/index.ts';
import type { Provider } from '../provider.ts';
import { RESPONSES } from './format.ts';
import { RESPONSES_MEDIA } from './media.ts';
import { writeRequest } from './request.ts';

const { embeddings: _, ...described } = openai.description;

/** OpenAI by the Responses API. */
export const provider: Provider = {
  ...openai,
  description: {
    ...described,
    name: 'openai-responses',
    label: 'OpenAI (Responses API)',
    headerVariables: ACCOUNT_HEADERS,
    media: RESPONSES_MEDIA,
    structured: { ...RESPONSE_FORMAT, parameters: ['text.format'] },
    note: 'The same account as `openai`, asked by the Responses API.',
  },
  choicesParameter: null,
  completionMode: false,
  schemaFields: RESPONSES_SCHEMA,
  writeRequest,
  format: () => RESPONSES,
};
