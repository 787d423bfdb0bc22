import { describe, expect, it, test } from 'vitest';
import { sampleFolder } from '../sample-folder.test-support.ts';
import { unusableModels } from './model-problem.ts';
import { resolveModel, resolvePair } from './resolve-model.ts';
import type { ModelProblem } from './resolved-model.ts';

const KEY = 'sk-shell-0123456789abcdef';

async function resolve(reference: string, variables: Record<string, string> = {}, config = '') {
  await using folder = await sampleFolder();
  await folder.write('home/config.yaml', config);
  return resolveModel(reference, await folder.load(variables));
}

test.each(['openai/m', 'sim/quick', 'http://localhost:8000/v1#m'])(
  'the setting of streaming holds for %s',
  async (reference) => {
    const streamed = (variables: Record<string, string>) =>
      resolve(reference, { OPENAI_API_KEY: KEY, ...variables });
    expect(await streamed({ TUTTI_STREAM: '1' })).toMatchObject({ stream: true });
    expect(await streamed({ TUTTI_STREAM: '0' })).toMatchObject({ stream: false });
    expect(await streamed({})).not.toHaveProperty('stream', expect.any(Boolean));
  },
);

describe('a provider', () => {
  it('gets its key and usual address, and what follows the first slash is the id', async () => {
    const variables = { OPENROUTER_API_KEY: KEY };
    expect(await resolve('openrouter/meta/llama:free', variables)).toMatchObject({
      kind: 'endpoint',
      reference: 'openrouter/meta/llama:free',
      modelId: 'meta/llama:free',
      endpointName: 'openrouter',
      baseUrl: 'https://openrouter.ai/api/v1',
      baseUrlSource: null,
      apiKey: KEY,
      keySource: { variable: 'OPENROUTER_API_KEY', origin: 'shell', where: 'shell' },
      laneName: 'openrouter/meta/llama:free',
    });
  });

  it("prefers a model's own key and address, in every layer, to the general ones", async () => {
    await using folder = await sampleFolder();
    await folder.write('home/keys', `OPENAI_API_KEY_gpt_3_5_a_b_c=own-key\n`);
    const context = await folder.load({
      OPENAI_API_KEY: KEY,
      OPENAI_BASE_URL: 'https://all/v1/',
      OPENAI_BASE_URL_gpt_3_5_a_b_c: 'https://one',
    });
    const own = resolveModel('openai/gpt-3.5/a:b c', context);
    expect(own).toMatchObject({ apiKey: 'own-key', baseUrl: 'https://one' });
    const other = resolveModel('openai/other', context);
    expect(other).toMatchObject({ apiKey: KEY, baseUrl: 'https://all/v1' });
  });

  it('takes a key from the shell before the project before the keys file', async () => {
    await using folder = await sampleFolder();
    await folder.write('home/keys', 'GEMINI_API_KEY=from-keys\nOPENAI_API_KEY=from-keys\n');
    await folder.write(
      'project/.env',
      'GEMINI_API_KEY=from-project\nOPENAI_API_KEY=from-project\n',
    );
    const context = await folder.load({ GOOGLE_API_KEY: 'from-shell' }, { trust: true });
    expect(resolveModel('gemini/m', context)).toMatchObject({ apiKey: 'from-shell' });
    expect(resolveModel('openai/m', context)).toMatchObject({
      apiKey: 'from-project',
      keySource: { where: '.env:2' },
    });
  });

  it('without a key is a problem that names every variable looked for', async () => {
    expect(await resolve('gemini/gemini-2.5-pro', { GEMINI_API_KEY: ' ' })).toMatchObject({
      kind: 'problem',
      code: 'missing_key',
      message: expect.stringContaining(
        'GEMINI_API_KEY, GOOGLE_API_KEY, GEMINI_API_KEY_gemini_2_5_pro',
      ),
      hint: expect.stringContaining('tutti keys set gemini'),
    });
  });

  it('without an address is a problem that names the variables of the address', async () => {
    const variables = { AZURE_OPENAI_API_KEY: KEY };
    expect(await resolve('azure-openai/m', variables)).toMatchObject({
      kind: 'problem',
      code: 'bad_settings',
      message: expect.stringMatching(/AZURE_OPENAI_BASE_URL \(or AZURE_OPENAI_API_ENDPOINT\)/),
    });
  });

  it('takes the version of its API from a variable, else the usual one', async () => {
    const variables = { AZURE_OPENAI_API_KEY: KEY, AZURE_OPENAI_API_ENDPOINT: 'https://a.example' };
    expect(await resolve('azure-openai/m', variables)).toMatchObject({ apiVersion: '2024-02-01' });
    const newer = { ...variables, AZURE_OPENAI_API_VERSION_m: '2026-01-01' };
    expect(await resolve('azure-openai/m', newer)).toMatchObject({ apiVersion: '2026-01-01' });
  });

  it.each([
    ['localhost', 'http://localhost:11434'],
    ['0.0.0.0:5000', 'http://127.0.0.1:5000'],
    ['https://h/api/', 'https://h/api'],
  ])('takes OLLAMA_HOST=%s as %s', async (value, baseUrl) => {
    expect(await resolve('ollama/m', { OLLAMA_HOST: value })).toMatchObject({
      baseUrl,
      apiKey: null,
    });
  });

  it.each([
    'ftp://h/v1',
    'http://user:pass-0123@h/v1',
    'http://h/v1?key=pass-0123',
    'http://',
    '::',
  ])('refuses the address %s without quoting it', async (value) => {
    const found = await resolve('openai/m', { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: value });
    expect(found).toMatchObject({ kind: 'problem', code: 'bad_settings' });
    expect(JSON.stringify(found)).not.toMatch(/pass-0123|sk-shell/);
  });

  it.each(['gemini/../../../evil?x=#y', 'gemini/models/./m', 'azure-openai/..'])(
    'knows no model %s, whose id would lead elsewhere',
    async (reference) => {
      const found = await resolve(reference, { GEMINI_API_KEY: KEY, AZURE_OPENAI_API_KEY: KEY });
      expect(found).toMatchObject({ kind: 'problem', code: 'unknown_model' });
    },
  );

  it('takes any id where it stands in the body', async () => {
    const found = await resolve('openai/../models/m', { OPENAI_API_KEY: KEY });
    expect(found).toMatchObject({ kind: 'endpoint', modelId: '../models/m' });
  });

  it('keeps the query of an address', async () => {
    const value = 'https://h/v1/?api-version=2025-04-01';
    const found = await resolve('openai/m', { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: value });
    expect(found).toMatchObject({ baseUrl: 'https://h/v1?api-version=2025-04-01' });
  });

  it('refuses a key that no header can carry without showing it', async () => {
    const found = await resolve('openai/m', { OPENAI_API_KEY: `${KEY}\nX: y` });
    expect(found).toMatchObject({
      kind: 'problem',
      message: expect.stringContaining('OPENAI_API_KEY (shell)'),
    });
    expect(JSON.stringify(found)).not.toContain(KEY);
  });
});

describe('a variable that is sent as a header', () => {
  it('goes with each call to its provider, for one model, too, and nowhere else', async () => {
    const variables = { OPENAI_API_KEY: KEY, OPENAI_ORG_ID: 'org-1', OPENAI_ORG_ID_m: 'org-2' };
    const config = 'endpoints: { gw: { baseUrl: http://localhost:8000/v1 } }';
    const headersOf = async (reference: string) => {
      const found = await resolve(reference, variables, config);
      return found.kind === 'endpoint' ? found.headers : found;
    };
    expect(await headersOf('openai/other')).toEqual({ 'x-org': 'org-1' });
    expect(await headersOf('openai/m')).toEqual({ 'x-org': 'org-2' });
    expect(await headersOf('http://localhost:8000/v1#m')).toEqual({});
  });

  it('is refused where no header can carry it', async () => {
    const variables = { OPENAI_API_KEY: KEY, OPENAI_ORG_ID: 'org\nx: y' };
    const found = await resolve('openai/m', variables);
    expect(found).toMatchObject({ message: expect.stringContaining('OPENAI_ORG_ID (shell)') });
  });
});

describe('an address with a model', () => {
  it('never gets a key, whatever is set', async () => {
    const variables = { OPENAI_API_KEY: KEY, OPENAI_COMPATIBLE_API_KEY: KEY };
    const config =
      'endpoints: { gw: { baseUrl: http://localhost:8000/v1, keyVariable: OPENAI_API_KEY } }';
    expect(await resolve('http://localhost:8000/v1/#org/m@1', variables, config)).toMatchObject({
      reference: 'http://localhost:8000/v1/#org/m@1',
      provider: 'openai-compatible',
      endpointName: 'http://localhost:8000/v1',
      modelId: 'org/m@1',
      apiKey: null,
      headers: {},
      laneName: 'http://localhost:8000/v1#org/m@1',
    });
  });

  it.each([
    'http://me:pass-0123@h/v1#m',
    'http://me:pass#-0123@h/v1#m',
    'http://me:pa/ss-0123@h/v1#m',
    'https://h/v1?key=0123#m',
    'ftp://h#m',
    'http://h/v1',
    'http://h/v1#',
    'http:///v1#m',
    'localhost:8000/v1#m',
  ])('is refused as %s, with a hint and no password', async (reference) => {
    const found = await resolve(reference);
    expect(found).toMatchObject({ kind: 'problem', hint: expect.stringContaining('#model-id') });
    expect(JSON.stringify(found)).not.toMatch(/pass[-#]|0123/);
  });
});

describe('an entry of endpoints', () => {
  const config = `endpoints:
  gw:
    baseUrl: http://gw.example/v1/
    keyVariable: GW_KEY
    headers: { X-Team: a }
    limits: { rpm: 60, concurrency: 2 }
    price: { input: 1, output: 2 }
  openai: { provider: openai, baseUrl: http://other.example }
  lost: { provider: opnai, baseUrl: http://x }
  bare: {}
`;

  it('brings address, key, headers, limits and price', async () => {
    expect(await resolve('gw/org/m', { GW_KEY: KEY, GW_KEY_org_m: 'own' }, config)).toMatchObject({
      endpointName: 'gw',
      provider: 'openai-compatible',
      modelId: 'org/m',
      baseUrl: 'http://gw.example/v1',
      apiKey: 'own',
      headers: { 'X-Team': 'a' },
      limits: { requestsPerMinute: 60, concurrency: 2 },
      price: { inputUsdPerMillion: 1, outputUsdPerMillion: 2 },
    });
  });

  it('wins over a provider of its name, and gets no key that it does not name', async () => {
    expect(await resolve('openai/m', { OPENAI_API_KEY: KEY }, config)).toMatchObject({
      baseUrl: 'http://other.example',
      apiKey: null,
    });
  });

  it.each([
    ['gw/m', 'missing_key', 'looked for GW_KEY, which'],
    ['lost/m', 'bad_settings', 'unknown provider'],
    ['bare/m', 'bad_settings', 'has no baseUrl'],
  ])('with a mistake makes %s a %s problem', async (reference, code, message) => {
    expect(await resolve(reference, {}, config)).toMatchObject({
      kind: 'problem',
      code,
      message: expect.stringContaining(message),
    });
  });
});

describe('an alias', () => {
  const config = 'aliases: { a: b, b: sim/quick, x: y, y: z, z: x, local: "http://h/v1#m" }';

  it('stands for what it names and keeps its own name', async () => {
    expect(await resolve('a', {}, config)).toMatchObject({
      kind: 'sim',
      reference: 'a',
      modelId: 'quick',
    });
    expect(await resolve('local', {}, config)).toMatchObject({
      reference: 'local',
      baseUrl: 'http://h/v1',
    });
  });

  it('of itself is a problem that shows the circle', async () => {
    expect(await resolve('x', {}, config)).toMatchObject({
      kind: 'problem',
      message: expect.stringContaining('x -> y -> z -> x'),
    });
  });
});

it.each([
  ['opneai/gpt-5', 'openai/gpt-5'],
  ['sim/quikc', 'sim/quick'],
  ['sim/zzzzzzzz', 'quick, careful'],
  ['gpt-5', 'openai/gpt-5'],
  ['openai', 'openai/'],
  ['zzzzzzzzzzzz/m', 'tutti models'],
  ['constructor/m', 'tutti models'],
  ['__proto__', 'provider/model-id'],
  ['', 'provider/model-id'],
  ['/m', 'provider/model-id'],
  ['openai/', 'provider/model-id'],
  ['openai/\u001b[2J', 'provider/model-id'],
])('answers the unknown reference %j with %s', async (reference, hint) => {
  expect(await resolve(reference)).toMatchObject({
    kind: 'problem',
    code: 'unknown_model',
    hint: expect.stringContaining(hint),
  });
});

describe('a simulated model of a panel', () => {
  it('has its parameters in its name, and in that of its lane', async () => {
    const reference = 'sim/member?skill=0.7&correlation=0.3&latency=1s';
    expect(await resolve(reference)).toMatchObject({
      kind: 'sim',
      reference,
      modelId: 'member?skill=0.7&correlation=0.3&latency=1s',
      simulatedAs: 'member?skill=0.7&correlation=0.3&latency=1s',
      laneName: reference,
    });
    expect(await resolve('sim/judge')).toMatchObject({ kind: 'sim', laneName: 'sim/judge' });
  });

  it.each([
    ['sim/member?skil=0.7', 'unknown parameter "skil"', 'Did you mean skill?'],
    ['sim/judge?zzzzzzzz=1', 'unknown parameter "zzzzzzzz"', 'bias, self'],
    ['sim/member?skill=70', 'skill=70', 'skill=0.7'],
    ['sim/member?skill=', 'skill=', 'skill=0.7'],
    ['sim/member?skill=x', 'a number from 0 to 1', 'skill=0.7'],
    ['sim/member?correlation=1', 'from 0 to 0.99', 'correlation=0'],
    ['sim/member?seed=1.5', 'a whole number', 'seed=1'],
    ['sim/member?skill=0.7&skill=0.8', 'skill twice', 'Leave'],
    ['sim/member?latency=1y', 'latency "1y"', '200ms'],
    ['sim/member?__proto__=1', 'unknown parameter', 'skill'],
    ['sim/membr?skill=0.7', 'no simulated model', 'sim/member?skill=0.7'],
    ['sim/quick?skill=0.7', 'only sim/member and sim/judge', 'sim/quick'],
  ])(
    'with a mistake, %s, is a problem that says how it is written',
    async (reference, what, hint) => {
      expect(await resolve(reference)).toMatchObject({
        kind: 'problem',
        code: 'unknown_model',
        message: expect.stringContaining(what),
        hint: expect.stringContaining(hint),
      });
    },
  );
});

it.each([
  ['google/m', 'Did you mean gemini/m or vertexai/m?'],
  ['OpenAI/m', 'Did you mean openai/m?'],
  ['azure/m', 'Did you mean azure-openai/m?'],
  ['opnai/m', 'Did you mean openai/m?'],
  ['openai:m', 'Did you mean openai/m?'],
  ['sim:quick', 'Did you mean sim/quick?'],
  ['nobody:m', 'Write provider/model-id, such as openai/nobody:m; names: tutti models'],
])('says how %s is written here', async (reference, hint) => {
  expect(await resolve(reference)).toMatchObject({ kind: 'problem', hint });
});

it("finds the model of prompto's api and model_name", async () => {
  await using folder = await sampleFolder();
  const context = await folder.load({ OPENAI_API_KEY_a_b: KEY });
  expect(resolvePair('openai', 'a/b', context)).toMatchObject({ modelId: 'a/b', apiKey: KEY });
  expect(resolvePair('openai', ' ', context)).toMatchObject({ kind: 'problem' });
  expect(resolvePair('gemni', 'm', context)).toMatchObject({ hint: 'Did you mean gemini/m?' });
});

it('makes one error of all problems', async () => {
  const problems = [await resolve('openai/m'), await resolve('nobody/m')] as ModelProblem[];
  const error = unusableModels(problems);
  expect(error.code).toBe('missing_key');
  expect(error.message.split('\n')).toHaveLength(2);
});

describe('an API without a model name', () => {
  const QUART = { QUART_API_ENDPOINT: 'http://127.0.0.1:5000', QUART_API_ENDPOINT_a_b: 'http://b' };

  it('is the one model of its server, under the name of the API', async () => {
    await using folder = await sampleFolder();
    const context = await folder.load(QUART);
    const found = { modelId: '', baseUrl: 'http://127.0.0.1:5000', laneName: 'quart' };
    expect(resolvePair('quart', null, context)).toMatchObject({ reference: 'quart', ...found });
    expect(resolveModel('quart', context)).toMatchObject(found);
    expect(resolveModel('quart/a-b', context)).toMatchObject({ baseUrl: 'http://b' });
  });

  it('is what an endpoint of such a server may have, too', async () => {
    const config = 'endpoints: { own: { provider: quart, baseUrl: http://gw } }';
    expect(await resolve('own', {}, config)).toMatchObject({ modelId: '', laneName: 'own' });
  });

  it('is a mistake where there are many models', async () => {
    await using folder = await sampleFolder();
    const context = await folder.load({ OPENAI_API_KEY: KEY });
    expect(resolvePair('openai', null, context)).toMatchObject({
      kind: 'problem',
      message: 'the row has "api" but no "model_name"',
    });
    expect(resolvePair('quort', null, context)).toMatchObject({
      message: 'quort: no provider or endpoint is called quort',
    });
  });

  it("is prompto's `test`, whatever it is called, unless an endpoint has that name", async () => {
    await using folder = await sampleFolder();
    const context = await folder.load({});
    const test = { kind: 'sim', simulatedAs: 'test', endpointName: 'test' };
    expect(resolvePair('test', null, context)).toMatchObject({ ...test, laneName: 'sim/test' });
    expect(resolvePair('test', 'x/y', context)).toMatchObject({
      ...test,
      laneName: 'sim/test/x/y',
    });
    const config = 'endpoints: { test: { baseUrl: http://gw } }';
    expect(await resolve('test/m', {}, config)).toMatchObject({ baseUrl: 'http://gw' });
  });
});
