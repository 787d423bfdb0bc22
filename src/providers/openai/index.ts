import { createOpenAI } from '@ai-sdk/openai';
import { CHAT_COMPLETIONS, COMPLETIONS } from '../formats/chat-completions.ts';
import { CHAT_PARAMETERS } from '../formats/chat-parameters.ts';
import { roleAndContent } from '../formats/role-and-content.ts';
import type { Provider } from '../provider.ts';
import { writeBySdk } from '../sdk-request.ts';
import { withVersionPath } from '../transport/base-url.ts';

const USUAL_BASE_URL = 'https://api.openai.com/v1';

/** OpenAI by Chat Completions, or by the older Completions. */
export const provider: Provider = {
  description: {
    name: 'openai',
    label: 'OpenAI',
    keyVariables: ['OPENAI_API_KEY'],
    keyRequired: true,
    baseUrlVariables: ['OPENAI_BASE_URL', 'OPENAI_API_BASE'],
    defaultBaseUrl: USUAL_BASE_URL,
  },
  priceListId: 'openai',
  keyHeader: 'authorization',
  parameters: CHAT_PARAMETERS,
  choicesParameter: 'n',
  completionMode: true,
  baseUrl: (url) => withVersionPath(url, USUAL_BASE_URL),
  write(draft, { baseUrl: baseURL, apiKey }) {
    const sdk = createOpenAI({ baseURL, apiKey, fetch: draft.sink });
    return writeBySdk(
      draft.mode === 'completion' ? sdk.completion(draft.modelId) : sdk.chat(draft.modelId),
      draft,
    );
  },
  nativeMessages: (messages) => ({ messages: roleAndContent(messages) }),
  format: (mode) => (mode === 'completion' ? COMPLETIONS : CHAT_COMPLETIONS),
};
