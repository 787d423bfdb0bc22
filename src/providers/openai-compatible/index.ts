import {
  OpenAICompatibleChatLanguageModel,
  OpenAICompatibleCompletionLanguageModel,
} from '@ai-sdk/openai-compatible';
import { CHAT_COMPLETIONS, COMPLETIONS } from '../formats/chat-completions.ts';
import { CHAT_PARAMETERS } from '../formats/chat-parameters.ts';
import { roleAndContent } from '../formats/role-and-content.ts';
import type { CompatibleService } from '../openai-compatible-services.ts';
import type { Provider, RequestWriter, WriterSettings } from '../provider.ts';
import { preparingWriter, sdkWriter } from '../sdk-writer.ts';
import { withVersionPath } from '../transport/base-url.ts';

const USUAL_PATH = 'http://127.0.0.1/v1';

/** Any server that speaks OpenAI's Chat Completions, at an address that the user names. */
export const provider = serviceProvider({
  name: 'openai-compatible',
  label: 'OpenAI-compatible server',
  keys: ['OPENAI_COMPATIBLE_API_KEY'],
  keyRequired: false,
  baseUrl: null,
});

/** Makes the provider of one service from its row of data. */
export function serviceProvider(service: CompatibleService): Provider {
  const prefix = service.name.toUpperCase().replaceAll('-', '_');
  return {
    description: {
      name: service.name,
      label: service.label,
      keyVariables: service.keys,
      keyRequired: service.keyRequired,
      baseUrlVariables: [...(service.addresses ?? []), `${prefix}_BASE_URL`],
      defaultBaseUrl: service.baseUrl,
    },
    priceListId: service.prices ?? null,
    keyHeader: 'authorization',
    parameters: CHAT_PARAMETERS,
    choicesParameter: service.severalChoices === true ? 'n' : null,
    completionMode: true,
    baseUrl: (url) => withVersionPath(url, service.baseUrl ?? USUAL_PATH),
    writer,
    nativeMessages: (messages) => ({ messages: roleAndContent(messages) }),
    format: (mode) => (mode === 'completion' ? COMPLETIONS : CHAT_COMPLETIONS),
  };
}

function writer({ modelId, mode, fetch, baseUrl, apiKey }: WriterSettings): RequestWriter {
  const url = ({ path }: { path: string }) => `${baseUrl}${path}`;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` };
  const config = { provider: 'compatible', url, headers, fetch, includeUsage: true };
  if (mode === 'completion') {
    return sdkWriter(new OpenAICompatibleCompletionLanguageModel(modelId, config));
  }
  const address = url({ path: '/chat/completions' });
  return preparingWriter(new OpenAICompatibleChatLanguageModel(modelId, config), (body) =>
    fetch(address, { method: 'POST', headers, body }),
  );
}
