import { CHAT_COMPLETIONS } from '../formats/chat-completions.ts';
import { chatWriter } from '../formats/chat-request.ts';
import type { Provider } from '../provider.ts';
import { withUsualPath } from '../transport/base-url.ts';
import { MISTRAL_MEDIA, mistralMedia } from './media.ts';

const USUAL_BASE_URL = 'https://api.mistral.ai/v1';

/** Mistral by its chat API. Its streams tell their usage unasked. */
export const provider: Provider = {
  description: {
    name: 'mistral',
    label: 'Mistral',
    keyVariables: ['MISTRAL_API_KEY'],
    keyRequired: true,
    baseUrlVariables: ['MISTRAL_BASE_URL'],
    defaultBaseUrl: USUAL_BASE_URL,
    media: MISTRAL_MEDIA,
  },
  priceListId: 'mistral',
  key: { header: 'authorization', scheme: 'Bearer' },
  choicesParameter: 'n',
  completionMode: false,
  baseUrl: (address) => withUsualPath(address, USUAL_BASE_URL),
  writeRequest: chatWriter({ choices: 'n', streamOptions: false, media: mistralMedia }),
  format: () => CHAT_COMPLETIONS,
};
