import type { Provider } from '../provider.ts';
import { addressOf } from '../transport/base-url.ts';
import { GENERATED_TEXT } from './format.ts';
import { writeRequest } from './request.ts';

/** A server of one's own that answers a text with a text, as prompto's Quart server does. */
export const provider: Provider = {
  description: {
    name: 'quart',
    label: 'Quart',
    keyVariables: [],
    keyRequired: false,
    baseUrlVariables: ['QUART_API_ENDPOINT', 'QUART_BASE_URL'],
    defaultBaseUrl: null,
    note: '`POST ADDRESS/generate` with `text`, `model` and `options` (the parameters). Such a server has one model: its name may be left out. It is never asked for a stream.',
    modelOptional: true,
    messages: { onlyOneText: true },
  },
  priceListId: null,
  key: { header: 'authorization', scheme: 'Bearer' },
  choicesParameter: null,
  completionMode: false,
  baseUrl: ({ url }) => addressOf(url).replace(/\/generate$/, ''),
  writeRequest,
  format: () => GENERATED_TEXT,
};
