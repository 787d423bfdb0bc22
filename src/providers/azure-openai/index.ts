import { createAzure } from '@ai-sdk/azure';
import { provider as openai } from '../openai/index.ts';
import type { Provider } from '../provider.ts';
import { sdkWriter } from '../sdk-writer.ts';
import { addressOf } from '../transport/base-url.ts';

const DEFAULT_API_VERSION = '2024-10-21';

/**
 * OpenAI's models at Azure; the model's name is the name of its deployment. An address that ends in
 * `/openai/v1` is asked by the version-free API, any other one by deployment and `api-version`.
 */
export const provider: Provider = {
  ...openai,
  description: {
    name: 'azure-openai',
    label: 'Azure OpenAI',
    keyVariables: ['AZURE_OPENAI_API_KEY', 'AZURE_API_KEY'],
    keyRequired: true,
    baseUrlVariables: [
      'AZURE_OPENAI_API_ENDPOINT',
      'AZURE_OPENAI_ENDPOINT',
      'AZURE_OPENAI_BASE_URL',
    ],
    defaultBaseUrl: null,
    note: 'The model is the name of a deployment. An address that ends in `/openai/v1` is asked without `api-version`.',
    extraVariables: [
      {
        name: 'AZURE_OPENAI_API_VERSION',
        setting: 'apiVersion',
        defaultValue: DEFAULT_API_VERSION,
      },
    ],
  },
  priceListId: 'azure',
  keyHeader: 'api-key',
  baseUrl(url) {
    const address = addressOf(url).replace(/\/deployments(\/.*)?$/, '');
    return /\/openai(\/v1)?$/.test(address) ? address : `${address}/openai`;
  },
  writer({ modelId, mode, fetch, baseUrl: baseURL, apiKey, apiVersion = DEFAULT_API_VERSION }) {
    const useDeploymentBasedUrls = !baseURL.endsWith('/v1');
    const sdk = createAzure({
      baseURL,
      apiKey,
      fetch,
      useDeploymentBasedUrls,
      ...(useDeploymentBasedUrls ? { apiVersion } : {}),
    });
    return sdkWriter(mode === 'completion' ? sdk.completion(modelId) : sdk.chat(modelId));
  },
};
