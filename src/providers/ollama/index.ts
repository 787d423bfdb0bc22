import { OLLAMA_CHAT } from '../formats/ollama-chat.ts';
import { roleAndContent } from '../formats/role-and-content.ts';
import type { Provider } from '../provider.ts';
import { addressOf } from '../transport/base-url.ts';
import { addressOfHost } from './host-variable.ts';

/** Ollama by its own chat API: the one that takes the options of a local model. */
export const provider: Provider = {
  description: {
    name: 'ollama',
    label: 'Ollama',
    keyVariables: ['OLLAMA_API_KEY'],
    keyRequired: false,
    baseUrlVariables: ['OLLAMA_BASE_URL', 'OLLAMA_API_ENDPOINT', 'OLLAMA_HOST'],
    defaultBaseUrl: 'http://127.0.0.1:11434',
    note: 'Parameters go into `options`; `format`, `keep_alive`, `think` and `tools` stand beside them.',
  },
  priceListId: null,
  keyHeader: 'authorization',
  parameters: {
    within: 'options',
    atRoot: [
      'format',
      'keep_alive',
      'think',
      'tools',
      'logprobs',
      'top_logprobs',
      'truncate',
      'shift',
    ],
    camelCase: false,
    reserved: ['model', 'messages', 'prompt', 'stream'],
    defaults: [],
  },
  choicesParameter: null,
  completionMode: false,
  readAddress: addressOfHost,
  baseUrl: (url) => addressOf(url).replace(/\/(api|v1)$/, ''),
  writer: ({ modelId, baseUrl, apiKey, fetch }) => ({
    write: (messages, stream) =>
      fetch(`${baseUrl}/api/chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
        body: JSON.stringify({ model: modelId, messages: roleAndContent(messages), stream }),
      }),
  }),
  nativeMessages: (messages) => ({ messages: roleAndContent(messages) }),
  format: () => OLLAMA_CHAT,
};
