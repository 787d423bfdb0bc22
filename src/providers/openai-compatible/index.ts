import { CHAT_COMPLETIONS, COMPLETIONS } from '../formats/chat-completions.ts';
import { COMPATIBLE_MEDIA } from '../formats/chat-media.ts';
import { chatWriter } from '../formats/chat-request.ts';
import { EMBEDDINGS } from '../formats/embeddings.ts';
import { COMPATIBLE_SCHEMA, RESPONSE_FORMAT } from '../formats/response-format.ts';
import type { CompatibleService } from '../openai-compatible-services.ts';
import type { Provider } from '../provider.ts';
import { withUsualPath } from '../transport/base-url.ts';

const FORMATS = { chat: CHAT_COMPLETIONS, completion: COMPLETIONS, embedding: EMBEDDINGS };

/** Servers have parameters of their own for it, too. */
const STRUCTURED = {
  ...RESPONSE_FORMAT,
  parameters: [
    ...RESPONSE_FORMAT.parameters,
    ...['guided_json', 'guided_regex', 'guided_choice', 'guided_grammar', 'structured_outputs'],
    ...['json_schema', 'grammar'],
  ],
};

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
  const choices = service.severalChoices === true ? 'n' : null;
  return {
    description: {
      name: service.name,
      label: service.label,
      ...(service.unlikePrompto && { unlikePrompto: service.unlikePrompto }),
      keyVariables: service.keys,
      keyRequired: service.keyRequired,
      baseUrlVariables: [...(service.addresses ?? []), `${prefix}_BASE_URL`],
      defaultBaseUrl: service.baseUrl,
      media: COMPATIBLE_MEDIA,
      structured: STRUCTURED,
      embeddings: { maxTexts: 2048 },
    },
    priceListId: service.prices ?? null,
    key: { header: 'authorization', scheme: 'Bearer' },
    choicesParameter: choices,
    completionMode: true,
    schemaFields: COMPATIBLE_SCHEMA,
    baseUrl: (address) => withUsualPath(address, service.baseUrl ?? USUAL_PATH),
    writeRequest: chatWriter({ choices, streamOptions: true }),
    format: (mode) => FORMATS[mode],
  };
}
