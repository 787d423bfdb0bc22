import { expect, it } from 'vitest';
import { PROVIDERS } from '../../providers/index.ts';
import { createEnvironment } from '../environment/environment.ts';
import { resolvePair } from './resolve-model.ts';
import { unlikePrompto } from './unlike-prompto.ts';

const SET = {
  OPENAI_API_KEY: 'any-key-at-all',
  GEMINI_API_KEY: 'any-key-at-all',
  AZURE_OPENAI_API_KEY: 'any-key-at-all',
  AZURE_OPENAI_API_ENDPOINT: 'http://127.0.0.1:9',
  HUGGINGFACE_TGI_API_ENDPOINT: 'http://127.0.0.1:9',
};

/** What differs for a row of an API, as the program's own providers say it. */
function differenceOf(api: string, row: object = {}, more: Readonly<Record<string, string>> = {}) {
  const environment = createEnvironment({ ...SET, ...more });
  const layers = { environment, project: new Map(), keys: new Map() };
  const endpoints = new Map([['box', { value: { provider: 'ollama' }, where: 'here' }]]);
  const settings = { aliases: new Map(), endpoints, run: { stream: { value: null } } };
  const context = { layers, settings, providers: PROVIDERS, simulated: [] };
  const model = resolvePair(api, 'a model', context as never);
  if (model.kind !== 'endpoint') throw new Error(`${api} cannot be used`);
  const provider = PROVIDERS.find(({ name }) => name === model.provider)!;
  return unlikePrompto(model, provider, { layers })?.({
    promptForm: 'text',
    safetyFilter: null,
    ...row,
  });
}

it.each([
  ['ollama', { promptForm: 'text' }, '/api/generate'],
  ['ollama', { promptForm: 'turns' }, []],
  ['ollama', { promptForm: 'messages' }, []],
  ['gemini', { safetyFilter: null }, 'safety_filter'],
  ['gemini', { safetyFilter: 'default' }, []],
  ['azure-openai', {}, '2024-02-01'],
  ['huggingface-tgi', {}, '"tgi"'],
  ['vertexai', { safetyFilter: 'none' }, 'us-central1'],
  ['openai', {}, undefined],
  ['box', { promptForm: 'text' }, undefined],
])('tells of %s and a row such as %j how prompto sends it', (api, row, says) => {
  const expected = typeof says === 'string' ? [expect.stringContaining(says)] : says;
  expect(differenceOf(api, row)).toEqual(expected);
});

it('tells nothing of Azure where its version is set, for all models or for one', () => {
  for (const name of ['AZURE_OPENAI_API_VERSION', 'AZURE_OPENAI_API_VERSION_a_model']) {
    expect(differenceOf('azure-openai', {}, { [name]: '2024-10-21' })).toBeUndefined();
  }
});
