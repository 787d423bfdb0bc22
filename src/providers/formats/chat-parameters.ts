import type { ParameterPlace } from '../provider.ts';

/** Parameters of Chat Completions: in the body itself, as they are spelt. */
export const CHAT_PARAMETERS: ParameterPlace = {
  within: null,
  atRoot: [],
  camelCase: false,
  reserved: ['model', 'messages', 'prompt', 'stream'],
  defaults: ['stream_options'],
};
