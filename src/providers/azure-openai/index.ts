import { CHAT_MEDIA } from '../formats/chat-media.ts';
import { AZURE_SCHEMA, RESPONSE_FORMAT } from '../formats/response-format.ts';
import { provider as openai } from '../openai/index.ts';
import type { Provider } from '../provider.ts';
import { addressOf } from '../transport/base-url.ts';
import { DEFAULT_API_VERSION, writeRequest } from './request.ts';

/**
 * OpenAI's models at Azure; the model's name is the name of its deployment. An address that ends in
 * `/openai/v1` is asked by the version-free API, any other one by deployment and `api-version`.
 */
export const provider: Provider = {
  ...openai,
  description: {
    name: 'azure-openai',
    label: 'Azure OpenAI',
    unlikePrompto: [
      {
        rows: 'all',
        unlessSet: ['AZURE_OPENAI_API_VERSION'],
        says: `api-version is ${DEFAULT_API_VERSION} (prompto: 2024-02-01); AZURE_OPENAI_API_VERSION sets another one`,
      },
    ],
    keyVariables: ['AZURE_OPENAI_API_KEY', 'AZURE_API_KEY'],
    keyRequired: true,
    baseUrlVariables: [
      'AZURE_OPENAI_API_ENDPOINT',
      'AZURE_OPENAI_ENDPOINT',
      'AZURE_OPENAI_BASE_URL',
    ],
    defaultBaseUrl: null,
    note: 'The model is the name of a deployment. An address that ends in `/openai/v1` is asked without `api-version`.',
    idInPath: true,
    structured: RESPONSE_FORMAT,
    embeddings: { maxTexts: 2048 },
    // Its Chat Completions refuse the part `file`.
    media: {
      ...CHAT_MEDIA,
      kinds: { image: CHAT_MEDIA.kinds.image, audio: CHAT_MEDIA.kinds.audio },
    },
    extraVariables: [
      {
        name: 'AZURE_OPENAI_API_VERSION',
        setting: 'apiVersion',
        defaultValue: DEFAULT_API_VERSION,
      },
    ],
  },
  priceListId: 'azure',
  key: { header: 'api-key', scheme: null },
  schemaFields: AZURE_SCHEMA,
  baseUrl({ url }) {
    const address = addressOf(url).replace(/\/deployments(\/.*)?$/, '');
    return /\/openai(\/v1)?$/.test(address) ? address : `${address}/openai`;
  },
  writeRequest,
};
