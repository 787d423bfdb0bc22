import { chmod, readdir, readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEnvironment } from '../environment/environment.ts';
import { locateHome } from '../environment/home.ts';
import { reportKeys } from '../models/key-report.ts';
import { sampleFolder } from '../sample-folder.test-support.ts';
import { keyVariableFor, listKeys } from './keys.ts';
import { readKeysFile, removeKey, setKey } from './keys-file.ts';

const KEY = 'sk-file-0123456789abcdef-xyz';

describe('the keys file', () => {
  it('is written with mode 600 and keeps its other lines', async () => {
    await using folder = await sampleFolder();
    await folder.write('home/keys', '# mine\nA_KEY="one\ntwo"\nexport GEMINI_API_KEY=g\n');
    const home = locateHome(createEnvironment({ TUTTI_HOME: folder.home }));
    await setKey(home, 'OPENAI_API_KEY', ` ${KEY}\n`);
    await setKey(home, 'A_KEY', 'three');
    const path = join(folder.home, 'keys');
    expect(await readFile(path, 'utf8')).toBe(
      `# mine\nexport GEMINI_API_KEY=g\nOPENAI_API_KEY=${KEY}\nA_KEY=three\n`,
    );
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await removeKey(home, 'GEMINI_API_KEY')).toBe(true);
    expect(await removeKey(home, 'GEMINI_API_KEY')).toBe(false);
    const { entries } = await readKeysFile(home, 'linux');
    expect(entries.map(({ name }) => name)).toEqual(['OPENAI_API_KEY', 'A_KEY']);
  });

  it('keeps every key of many that are set at once, beside one that is removed', async () => {
    await using folder = await sampleFolder();
    const home = locateHome(createEnvironment({ TUTTI_HOME: folder.home }));
    await setKey(home, 'OLD_KEY', 'old');
    const names = Array.from({ length: 24 }, (_, at) => `KEY_${at}`);
    await Promise.all([
      removeKey(home, 'OLD_KEY'),
      ...names.map((name) => setKey(home, name, name)),
    ]);
    const { entries } = await readKeysFile(home, 'linux');
    expect(entries.map(({ name }) => name).sort()).toEqual(names.sort());
    expect((await readdir(folder.home)).sort()).toEqual(['keys']);
  });

  it('takes over the turn of a process that has died in it', async () => {
    await using folder = await sampleFolder();
    const home = locateHome(createEnvironment({ TUTTI_HOME: folder.home }));
    await folder.write('home/keys.lock', '');
    await utimes(join(folder.home, 'keys.lock'), 1, 1);
    await setKey(home, 'A_KEY', 'a');
    expect((await readdir(folder.home)).sort()).toEqual(['keys']);
  });

  it('gives back every key that it took', async () => {
    await using folder = await sampleFolder();
    const home = locateHome(createEnvironment({ TUTTI_HOME: folder.home }));
    const odd = ['a#b', 'ab#', 'a=b', 'a\\nb', "a'b", 'a"b', '$HOME'];
    for (const [index, key] of odd.entries()) await setKey(home, `K_${index}`, key);
    const { entries } = await readKeysFile(home, 'linux');
    expect(entries.map(({ value }) => value)).toEqual(odd);
  });

  it('warns when others can read it, and makes that right when it writes', async () => {
    await using folder = await sampleFolder();
    await folder.write('home/keys', `OPENAI_API_KEY=${KEY}\nnonsense ${KEY}\n`);
    await chmod(join(folder.home, 'keys'), 0o644);
    const { notices } = await folder.load();
    expect(notices).toEqual([
      { kind: 'keys_readable_by_others', path: `${folder.home}/keys`, mode: '644' },
      { kind: 'line_passed_over', file: `${folder.home}/keys`, line: 2 },
    ]);
    await setKey(locateHome(createEnvironment({ TUTTI_HOME: folder.home })), 'OTHER_KEY', 'x');
    expect((await stat(join(folder.home, 'keys'))).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['OPENAI_API_KEY', 'two words-0123456789'],
    ['OPENAI_API_KEY', '"quoted-0123456789"'],
    ['OPENAI_API_KEY', 'line\nbreak-0123456789'],
    ['OPENAI_API_KEY', '#comment-0123456789'],
    ['OPENAI_API_KEY', ''],
    ['NODE_OPTIONS', 'secret-0123456789'],
    ['A B', 'secret-0123456789'],
  ])('refuses %s=%j without showing it', async (name, key) => {
    await using folder = await sampleFolder();
    const home = locateHome(createEnvironment({ TUTTI_HOME: folder.home }));
    const setting = setKey(home, name, key);
    await expect(setting).rejects.toMatchObject({ code: 'bad_usage' });
    await expect(setting).rejects.not.toThrow('0123456789');
  });
});

describe('listKeys', () => {
  it('shows name, place and at most three characters of each key of every layer', async () => {
    await using folder = await sampleFolder();
    await folder.write('home/keys', `OPENAI_API_KEY=${KEY}\nGW_KEY=short\n`);
    await folder.write('project/.env', 'OPENAI_API_KEY_gpt_4=sk-project-0123456789-end\n');
    const configuration = await folder.load(
      { OPENAI_API_KEY: 'sk-shell-0123456789-abc', OPENAI_BASE_URL: 'http://x' },
      { trust: true },
    );
    const { layers, providers, settings, secrets } = configuration;
    expect(listKeys(layers, { providers, endpoints: settings.endpoints })).toEqual([
      { variable: 'OPENAI_API_KEY', origin: 'shell', where: 'shell', ends: 'abc', hidden: false },
      {
        variable: 'OPENAI_API_KEY_gpt_4',
        origin: 'project',
        where: '.env:1',
        ends: 'end',
        hidden: false,
      },
      {
        variable: 'OPENAI_API_KEY',
        origin: 'keys',
        where: `${folder.home}/keys:1`,
        ends: 'xyz',
        hidden: true,
      },
      {
        variable: 'GW_KEY',
        origin: 'keys',
        where: `${folder.home}/keys:2`,
        ends: null,
        hidden: false,
      },
    ]);
    expect(secrets).toEqual(
      expect.arrayContaining(['sk-shell-0123456789-abc', 'sk-project-0123456789-end', KEY]),
    );
  });
});

it('counts the values of headers and passwords of proxies among what may be secret', async () => {
  await using folder = await sampleFolder();
  await folder.write(
    'home/config.yaml',
    'endpoints: { gw: { baseUrl: http://x, headers: { Authorization: Bearer header-secret, X-Team: nobody-minds } } }',
  );
  const { secrets } = await folder.load({ HTTPS_PROXY: 'http://me:proxy%2Dsecret@proxy:1' });
  expect(secrets).toEqual(
    expect.arrayContaining([
      'Bearer header-secret',
      'header-secret',
      'proxy%2Dsecret',
      'proxy-secret',
      'nobody-minds',
    ]),
  );
});

describe('keyVariableFor', () => {
  it.each([
    ['openai', 'OPENAI_API_KEY'],
    ['openai/gpt-4.1', 'OPENAI_API_KEY_gpt_4_1'],
    ['gw', 'GW_KEY'],
    ['MY_OWN_KEY', 'MY_OWN_KEY'],
  ])('takes %s as %s', async (name, variable) => {
    await using folder = await sampleFolder();
    await folder.write('home/config.yaml', 'endpoints: { gw: { keyVariable: GW_KEY } }');
    const { providers, settings } = await folder.load();
    expect(keyVariableFor(name, { providers, endpoints: settings.endpoints })).toBe(variable);
  });

  it('answers a wrong name with the nearest, and never repeats what may be a pasted key', async () => {
    await using folder = await sampleFolder();
    const { providers, settings } = await folder.load();
    const context = { providers, endpoints: settings.endpoints };
    expect(() => keyVariableFor('opneai', context)).toThrow(
      expect.objectContaining({ code: 'bad_usage', hint: 'Did you mean openai?' }),
    );
    expect(() => keyVariableFor('sk-pasted-0123456789', context)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('pasted') }),
    );
    expect(() => keyVariableFor('ollama', context)).toThrow('takes no key');
    expect(() => keyVariableFor('NODE_OPTIONS', context)).toThrow('can hold a key');
  });
});

it('reports what was looked for and found, without keys', async () => {
  await using folder = await sampleFolder();
  await folder.write('home/keys', `GOOGLE_API_KEY=${KEY}\n`);
  await folder.write(
    'home/config.yaml',
    'endpoints: { gw: { baseUrl: http://gw/v1, keyVariable: GW_KEY } }',
  );
  const report = reportKeys(await folder.load({ OLLAMA_HOST: '10.0.0.5' }));
  const of = (name: string) => report.find((row) => row.name === name);
  expect(of('gw')).toMatchObject({ kind: 'endpoint', ready: false, keyVariables: ['GW_KEY'] });
  expect(of('openai')).toMatchObject({ ready: false, key: null, keyVariables: ['OPENAI_API_KEY'] });
  expect(of('gemini')).toMatchObject({
    ready: true,
    key: { variable: 'GOOGLE_API_KEY', where: `${folder.home}/keys:1`, ends: 'xyz' },
  });
  expect(of('ollama')).toMatchObject({
    ready: true,
    baseUrl: 'http://10.0.0.5:11434',
    baseUrlSource: 'OLLAMA_HOST (shell)',
  });
  expect(JSON.stringify(report)).not.toContain(KEY);
});
