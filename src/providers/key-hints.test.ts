import { expect, it } from 'vitest';
import type { EndpointSettings } from './endpoint-settings.ts';
import { ask, testSettings } from './testing/ask-endpoint.ts';
import { json, startStandIn } from './testing/stand-in-server.ts';

const IN_SETTINGS = 'name its variable in an `endpoints:` entry of the settings';

it.each<[string, string, Partial<EndpointSettings>, RegExp | string]>([
  ['a provider', 'openai', { keyVariable: 'OPENAI_API_KEY_m_1' }, 'key in OPENAI_API_KEY_m_1.'],
  ['a provider, none sent', 'openai-compatible', { apiKey: null }, 'OPENAI_COMPATIBLE_API_KEY.'],
  ['an entry', 'openai', { name: 'house', keyVariable: 'HOUSE_KEY' }, 'key in HOUSE_KEY.'],
  ['an entry, none sent', 'openai', { name: 'house', apiKey: null }, IN_SETTINGS],
  ['a bare address', 'openai-compatible', { name: 'http://h/v1', apiKey: null }, IN_SETTINGS],
])('a refused key is looked for where that of %s is read', async (_, provider, more, said) => {
  await using server = await startStandIn(json({ error: { message: 'no key' } }, 401));
  const settings = testSettings(provider, server.url, more);
  await expect(ask(settings)).rejects.toMatchObject({
    code: 'unauthorized',
    hint: expect.stringMatching(said),
  });
});
