import type { Provider } from '../provider.ts';
import { withVersionPath } from '../transport/base-url.ts';
import { GEMINI_EMBEDDINGS } from './embeddings.ts';
import { openGeminiFiles } from './files.ts';
import { GEMINI_CONTENT } from './format.ts';
import { GEMINI_MEDIA } from './media.ts';
import { writeRequest } from './request.ts';
import { GEMINI_SCHEMA, GEMINI_STRUCTURED } from './schema.ts';
import { WITHOUT_FILTER } from './without-filter.ts';

const USUAL_BASE_URL = 'https://generativelanguage.googleapis.com/v1beta';

/** Google's Gemini API. */
export const provider: Provider = {
  description: {
    name: 'gemini',
    label: 'Google Gemini',
    unlikePrompto: [WITHOUT_FILTER],
    keyVariables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY'],
    keyRequired: true,
    baseUrlVariables: ['GEMINI_BASE_URL', 'GOOGLE_GEMINI_BASE_URL'],
    defaultBaseUrl: USUAL_BASE_URL,
    note: 'Parameters go into `generationConfig`, in either spelling (`max_output_tokens`, `maxOutputTokens`); `safety_filter` is understood.',
    idInPath: true,
    media: GEMINI_MEDIA,
    structured: GEMINI_STRUCTURED,
    embeddings: { maxTexts: 100 },
    messages: { system: { textIn: ['content', 'parts'], keysBesideText: false } },
  },
  priceListId: 'google',
  key: { header: 'x-goog-api-key', scheme: null },
  choicesParameter: 'candidateCount',
  completionMode: false,
  schemaFields: GEMINI_SCHEMA,
  baseUrl: (address) => withVersionPath(address, USUAL_BASE_URL),
  openFiles: openGeminiFiles,
  writeRequest,
  format: (mode) => (mode === 'embedding' ? GEMINI_EMBEDDINGS : GEMINI_CONTENT),
};
