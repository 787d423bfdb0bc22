import { OpenAIResponsesLanguageModel } from '@ai-sdk/openai/internal';
import { RESPONSES } from '../formats/responses.ts';
import { roleAndContent } from '../formats/role-and-content.ts';
import { provider as openai } from '../openai/index.ts';
import type { Provider } from '../provider.ts';
import { sdkWriter } from '../sdk-writer.ts';

/** OpenAI by the Responses API. */
export const provider: Provider = {
  ...openai,
  description: {
    ...openai.description,
    name: 'openai-responses',
    label: 'OpenAI (Responses API)',
    note: 'The same account as `openai`, asked by the Responses API.',
  },
  parameters: {
    within: null,
    atRoot: [],
    camelCase: false,
    reserved: ['model', 'input', 'messages', 'stream', 'background'],
    defaults: [],
  },
  choicesParameter: null,
  completionMode: false,
  writer: ({ modelId, fetch, baseUrl, apiKey }) =>
    sdkWriter(
      new OpenAIResponsesLanguageModel(modelId, {
        provider: 'openai',
        url: ({ path }) => `${baseUrl}${path}`,
        headers: { authorization: `Bearer ${apiKey}` },
        fetch,
      }),
    ),
  nativeMessages: (messages) => ({ input: roleAndContent(messages) }),
  format: () => RESPONSES,
};
