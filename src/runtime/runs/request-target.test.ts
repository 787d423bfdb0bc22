import { expect, test } from 'vitest';
import { SAMPLE_PROVIDERS, sampleFolder } from '../sample-folder.test-support.ts';
import { requestTarget } from './request-target.ts';

const GATEWAY = `
endpoints:
  mine: {baseUrl: https://gateway/mine/v1/}
  yours: {baseUrl: https://gateway/yours/v1/chat/completions}
  alone: {baseUrl: https://alone/api}
  bare: {baseUrl: http://localhost:9000}
  twin-a: {baseUrl: https://twins/v1, keyVariable: A_KEY}
  twin-b: {baseUrl: https://twins/v1, keyVariable: B_KEY}
  router: {baseUrl: https://openrouter.ai/other/v1}
`;

async function targetOf(url: string | undefined, config = GATEWAY) {
  await using folder = await sampleFolder();
  await folder.write('home/config.yaml', config);
  const { settings } = await folder.load();
  return requestTarget(url, { settings, providers: SAMPLE_PROVIDERS });
}

test.each([
  ['OpenAI without an address', undefined, 'openai/m', null],
  ['OpenAI by its address', 'https://api.openai.com/v1/completions', 'openai/m', 'completion'],
  ['one account of a gateway', 'https://gateway/mine/v1/chat/completions', 'mine/m', 'chat'],
  ['the other one', 'https://gateway/yours/v1/responses', 'yours/m', 'responses'],
  ['the other one, with slashes', 'https://GATEWAY/yours/v1//', 'yours/m', null],
  ['the only entry of a server', 'https://alone/v1/chat/completions', 'alone/m', 'chat'],
  ['an entry without a path', 'http://localhost:9000/v1/chat/completions', 'bare/m', 'chat'],
  [
    'a provider whose server an entry shares',
    'https://openrouter.ai/api/v1/chat/completions',
    'openrouter/m',
    'chat',
  ],
  [
    'a provider by its server',
    'https://generativelanguage.googleapis.com/v1beta/openai/chat/completions',
    'gemini/m',
    'chat',
  ],
  ['a local server', 'http://127.0.0.1:11434/v1/chat/completions', 'ollama/m', 'chat'],
  [
    'another port',
    'http://localhost:9001/v1/completions',
    'http://localhost:9001/v1#m',
    'completion',
  ],
  ['a stranger', 'https://else/v1/chat/completions', 'https://else/v1#m', 'chat'],
  [
    'a stranger, with a query',
    'https://else/v1/chat/completions?a=b',
    'https://else/v1?a=b#m',
    'chat',
  ],
  ['another protocol', 'http://alone/api', 'http://alone/api#m', null],
])('asks %s', async (_, url, reference, api) => {
  const target = await targetOf(url);
  expect([target.referenceOf('m', 'chat'), target.api]).toEqual([reference, api]);
});

test.each([
  [
    'of which several entries have the server',
    'https://gateway/v1/chat/completions',
    'mine, yours',
  ],
  ['that several entries have', 'https://twins/v1/chat/completions', 'twin-a, twin-b'],
])('refuses an address %s, and names them', async (_, url, names) => {
  await expect(targetOf(url)).rejects.toMatchObject({
    code: 'bad_usage',
    message: `The address of --request-url may be that of ${names}`,
  });
});

test.each(['ftp://alone', 'https://user:word@alone', 'x'])(
  'refuses %s, which is no address',
  async (url) => {
    await expect(targetOf(url)).rejects.toMatchObject({ code: 'bad_usage' });
  },
);
