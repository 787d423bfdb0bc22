import { createMistral } from '@ai-sdk/mistral';
import { CHAT_COMPLETIONS } from '../formats/chat-completions.ts';
import { CHAT_PARAMETERS } from '../formats/chat-parameters.ts';
import { roleAndContent } from '../formats/role-and-content.ts';
import type { Provider } from '../provider.ts';
import { sdkWriter } from '../sdk-writer.ts';
import { withVersionPath } from '../transport/base-url.ts';

const USUAL_BASE_URL = 'https://api.mistral.ai/v1';

/** Mistral by its chat API. */
export const provider: Provider = {
  description: {
    name: 'mistral',
    label: 'Mistral',
    keyVariables: ['MISTRAL_API_KEY'],
    keyRequired: true,
    baseUrlVariables: ['MISTRAL_BASE_URL'],
    defaultBaseUrl: USUAL_BASE_URL,
  },
  priceListId: 'mistral',
  keyHeader: 'authorization',
  parameters: CHAT_PARAMETERS,
  choicesParameter: 'n',
  completionMode: false,
  baseUrl: (url) => withVersionPath(url, USUAL_BASE_URL),
  writer({ modelId, fetch, baseUrl: baseURL, apiKey }) {
    const sdk = createMistral({ baseURL, apiKey, fetch });
    return sdkWriter(sdk.chat(modelId));
  },
  nativeMessages: (messages) => ({ messages: roleAndContent(messages) }),
  format: () => CHAT_COMPLETIONS,
};
