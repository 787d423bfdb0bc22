import { AnthropicLanguageModel } from '@ai-sdk/anthropic/internal';
import { ANTHROPIC_MESSAGES } from '../formats/anthropic-messages.ts';
import { roleAndContent } from '../formats/role-and-content.ts';
import type { Provider } from '../provider.ts';
import { sdkWriter } from '../sdk-writer.ts';
import { withVersionPath } from '../transport/base-url.ts';

const USUAL_BASE_URL = 'https://api.anthropic.com/v1';

/** Sent as `max_tokens`, which the API demands, unless the user's parameters have it. */
const DEFAULT_MAX_TOKENS = 4096;

/** Anthropic by the Messages API. */
export const provider: Provider = {
  description: {
    name: 'anthropic',
    label: 'Anthropic',
    keyVariables: ['ANTHROPIC_API_KEY'],
    keyRequired: true,
    baseUrlVariables: ['ANTHROPIC_BASE_URL'],
    defaultBaseUrl: USUAL_BASE_URL,
    note: `The API demands \`max_tokens\`: ${DEFAULT_MAX_TOKENS} is sent unless \`parameters\` has it.`,
  },
  priceListId: 'anthropic',
  keyHeader: 'x-api-key',
  parameters: {
    within: null,
    atRoot: [],
    camelCase: false,
    reserved: ['model', 'messages', 'stream'],
    defaults: ['max_tokens'],
  },
  choicesParameter: null,
  completionMode: false,
  baseUrl: (url) => withVersionPath(url, USUAL_BASE_URL),
  // The package's main entry reads the environment when it is loaded; its model class does not.
  writer({ modelId, fetch, baseUrl: baseURL, apiKey }) {
    const headers = { 'anthropic-version': '2023-06-01', 'x-api-key': apiKey };
    const model = new AnthropicLanguageModel(modelId, {
      provider: 'anthropic',
      baseURL,
      headers,
      fetch,
    });
    return sdkWriter(model, { maxOutputTokens: DEFAULT_MAX_TOKENS });
  },
  nativeMessages(messages) {
    const system = messages
      .filter(({ role }) => role === 'system')
      .flatMap(({ content }) =>
        typeof content === 'string' ? [{ type: 'text', text: content }] : content,
      );
    const others = messages.filter(({ role }) => role !== 'system');
    return { messages: roleAndContent(others), ...(system.length > 0 ? { system } : {}) };
  },
  format: () => ANTHROPIC_MESSAGES,
};
