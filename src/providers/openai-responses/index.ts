import { ACCOUNT_HEADERS } from '../formats/account-headers.ts';
import { provider as openai } from '../openai/index.ts';
import type { Provider } from '../provider.ts';
import { RESPONSES } from './format.ts';
import { RESPONSES_MEDIA } from './media.ts';
import { writeRequest } from './request.ts';

/** OpenAI by the Responses API. */
export const provider: Provider = {
  ...openai,
  description: {
    ...openai.description,
    name: 'openai-responses',
    label: 'OpenAI (Responses API)',
    headerVariables: ACCOUNT_HEADERS,
    media: RESPONSES_MEDIA,
    note: 'The same account as `openai`, asked by the Responses API.',
  },
  choicesParameter: null,
  completionMode: false,
  writeRequest,
  format: () => RESPONSES,
};
