import { createOpenAI } from '@ai-sdk/openai';
import { RESPONSES } from '../formats/responses.ts';
import { roleAndContent } from '../formats/role-and-content.ts';
import { provider as openai } from '../openai/index.ts';
import type { Provider } from '../provider.ts';
import { sdkWriter } from '../sdk-writer.ts';

/** OpenAI by the Responses API. */
export const provider: Provider = {
  ...openai,
  description: { ...openai.description, name: 'openai-responses', label: 'OpenAI (Responses API)' },
  parameters: {
    within: null,
    atRoot: [],
    camelCase: false,
    reserved: ['model', 'input', 'messages', 'stream', 'background'],
    defaults: [],
  },
  choicesParameter: null,
  completionMode: false,
  writer({ modelId, fetch, baseUrl: baseURL, apiKey }) {
    const sdk = createOpenAI({ baseURL, apiKey, fetch });
    return sdkWriter(sdk.responses(modelId));
  },
  nativeMessages: (messages) => ({ input: roleAndContent(messages) }),
  format: () => RESPONSES,
};
