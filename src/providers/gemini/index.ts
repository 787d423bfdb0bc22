import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { GEMINI_CONTENT } from '../formats/gemini-content.ts';
import type { Provider } from '../provider.ts';
import { sdkWriter } from '../sdk-writer.ts';
import { withVersionPath } from '../transport/base-url.ts';
import { nativeContents } from './native-contents.ts';
import { safetyFields } from './safety-filter.ts';

const USUAL_BASE_URL = 'https://generativelanguage.googleapis.com/v1beta';

/** Google's Gemini API. */
export const provider: Provider = {
  description: {
    name: 'gemini',
    label: 'Google Gemini',
    keyVariables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY'],
    keyRequired: true,
    baseUrlVariables: ['GEMINI_BASE_URL', 'GOOGLE_GEMINI_BASE_URL'],
    defaultBaseUrl: USUAL_BASE_URL,
    note: 'Parameters go into `generationConfig`, in either spelling (`max_output_tokens`, `maxOutputTokens`); `safety_filter` is understood.',
  },
  priceListId: 'google',
  keyHeader: 'x-goog-api-key',
  parameters: {
    within: 'generationConfig',
    atRoot: [
      'safetySettings',
      'tools',
      'toolConfig',
      'systemInstruction',
      'cachedContent',
      'labels',
    ],
    camelCase: true,
    reserved: ['model', 'contents', 'messages', 'stream'],
    defaults: [],
  },
  choicesParameter: 'candidateCount',
  completionMode: false,
  baseUrl: (url) => withVersionPath(url, USUAL_BASE_URL),
  writer({ modelId, fetch, baseUrl: baseURL, apiKey }) {
    const sdk = createGoogleGenerativeAI({ baseURL, apiKey, fetch });
    return sdkWriter(sdk.chat(modelId));
  },
  nativeMessages: nativeContents,
  safetyFields,
  format: () => GEMINI_CONTENT,
};
