import { expect, it } from 'vitest';
import { SAMPLE_PROVIDERS } from '../sample-folder.test-support.ts';
import { knownVariables, modelIdentifier, variableKind } from './variable-names.ts';

const KNOWN = knownVariables(SAMPLE_PROVIDERS, ['GW_KEY', 'HTTPS_PROXY', 'TUTTI_HOME']);

it.each([
  ['OPENAI_API_KEY', 'key'],
  ['OPENAI_API_KEY_gpt_4', 'key'],
  ['GW_KEY', 'key'],
  ['OPENAI_BASE_URL_gpt_4', 'other'],
  ['AZURE_OPENAI_API_VERSION', 'other'],
  ['OPENAI_API_KEYS', undefined],
  ['MY_OPENAI_API_KEY', undefined],
  ['DATABASE_URL', undefined],
])('reads %s as %s', (name, kind) => {
  expect(variableKind(name, KNOWN)).toBe(kind);
});

it.each(['HTTPS_PROXY', 'TUTTI_HOME'])('never reads %s, even when an endpoint names it', (name) => {
  expect(variableKind(name, KNOWN)).toBeUndefined();
});

it("makes a model's identifier as prompto does", () => {
  expect(modelIdentifier('Org/gpt-3.5:a b')).toBe('Org_gpt_3_5_a_b');
});
