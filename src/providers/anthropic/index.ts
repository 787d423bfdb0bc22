import type { Provider } from '../provider.ts';
import { withVersionPath } from '../transport/base-url.ts';
import { ANTHROPIC_MESSAGES } from './format.ts';
import { USUAL_MAX_TOKENS } from './largest-output.ts';
import { ANTHROPIC_MEDIA } from './media.ts';
import { writeRequest } from './request.ts';
import { ANTHROPIC_SCHEMA } from './schema.ts';

const USUAL_BASE_URL = 'https://api.anthropic.com/v1';

/** Anthropic by the Messages API. */
export const provider: Provider = {
  description: {
    name: 'anthropic',
    label: 'Anthropic',
    keyVariables: ['ANTHROPIC_API_KEY'],
    keyRequired: true,
    baseUrlVariables: ['ANTHROPIC_BASE_URL'],
    defaultBaseUrl: USUAL_BASE_URL,
    note: `The API demands \`max_tokens\`: unless \`parameters\` has it, the model's largest output is sent where it is known, else ${USUAL_MAX_TOKENS}.`,
    media: ANTHROPIC_MEDIA,
    structured: {
      levels: ['json_schema', 'prompt'],
      parameters: ['output_config.format', 'output_format'],
    },
    messages: {
      system: { textIn: ['content'], keysBesideText: true },
      lastAssistantEndsInText: true,
    },
  },
  priceListId: 'anthropic',
  tierFactors: { standard: 1, batch: 0.5 },
  key: { header: 'x-api-key', scheme: null },
  headers: { 'anthropic-version': '2023-06-01' },
  choicesParameter: null,
  completionMode: false,
  schemaFields: ANTHROPIC_SCHEMA,
  baseUrl: (address) => withVersionPath(address, USUAL_BASE_URL),
  writeRequest,
  format: () => ANTHROPIC_MESSAGES,
};
