import { OpenAIChatLanguageModel, OpenAICompletionLanguageModel } from '@ai-sdk/openai/internal';
import { CHAT_COMPLETIONS, COMPLETIONS } from '../formats/chat-completions.ts';
import { CHAT_PARAMETERS } from '../formats/chat-parameters.ts';
import { roleAndContent } from '../formats/role-and-content.ts';
import type { Provider } from '../provider.ts';
import { sdkWriter } from '../sdk-writer.ts';
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
    note: 'Chat Completions; `mode: completion` asks the older Completions.',
  },
  priceListId: 'openai',
  keyHeader: 'authorization',
  parameters: CHAT_PARAMETERS,
  choicesParameter: 'n',
  completionMode: true,
  baseUrl: (url) => withVersionPath(url, USUAL_BASE_URL),
  // The package's main entry reads the environment when it is loaded; its model classes do not.
  writer({ modelId, mode, fetch, baseUrl, apiKey }) {
    const config = {
      provider: 'openai',
      url: ({ path }: { path: string }) => `${baseUrl}${path}`,
      headers: { authorization: `Bearer ${apiKey}` },
      fetch,
    };
    return sdkWriter(
      mode === 'completion'
        ? new OpenAICompletionLanguageModel(modelId, config)
        : new OpenAIChatLanguageModel(modelId, config),
    );
  },
  nativeMessages: (messages) => ({ messages: roleAndContent(messages) }),
  format: (mode) => (mode === 'completion' ? COMPLETIONS : CHAT_COMPLETIONS),
};
