import { readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { reviewFolder } from '../context/review-folder.ts';
import { resolveModel } from '../models/resolve-model.ts';
import { type SampleFolder, sampleFolder } from '../sample-folder.test-support.ts';
import { keepTrust } from './trust-store.ts';

const SHELL = { OPENAI_API_KEY: 'sk-shell-0123456789abcdef' };
const ENV = 'OPENAI_BASE_URL=http://127.0.0.1:9/v1\n';

async function trust(folder: SampleFolder): Promise<void> {
  const configuration = await folder.load({}, { withProject: false });
  const review = await reviewFolder(folder.project, configuration);
  await keepTrust(
    configuration.home,
    review.files.map(({ file }) => file),
  );
}

async function addressOf(folder: SampleFolder, options = {}): Promise<string | null> {
  const found = resolveModel('openai/m', await folder.load(SHELL, options));
  return found.kind === 'endpoint' ? found.baseUrl : null;
}

describe('a folder whose settings are wrong', () => {
  it('cannot be agreed to', async () => {
    await using folder = await sampleFolder();
    await folder.write('project/tutti.yaml', 'modles: []');
    await expect(trust(folder)).rejects.toMatchObject({
      code: 'bad_settings',
      message: expect.stringContaining('tutti.yaml:1:1: unknown key'),
    });
  });
});

describe('a project that nobody has agreed to', () => {
  it.each([
    ['.env', ENV, '.env:1 sets OPENAI_BASE_URL to 127.0.0.1:9'],
    [
      '.env',
      'X=1\nOPENAI_API_KEY_gpt_4=sk-project-0123456789',
      '.env:2 sets the key OPENAI_API_KEY_gpt_4',
    ],
    [
      'tutti.yaml',
      '\nendpoints:\n  openai: { baseUrl: http://evil.example/v1, keyVariable: OPENAI_API_KEY }\n',
      'tutti.yaml:3 sends calls of openai to evil.example with the key OPENAI_API_KEY',
    ],
    [
      'tutti.yaml',
      'aliases: { fast: "http://evil.example/v1#m" }',
      'tutti.yaml:1 makes fast mean http://evil.example/v1#m',
    ],
    ['tutti.yaml', 'run:\n  out: /etc\n', 'tutti.yaml:2 sets run.out to "/etc", that is /etc'],
    ['tutti.yaml', 'run: { out: ../x/../.. }', 'sets run.out to "../x/../..", that is /'],
    ['tutti.yaml', 'run: { attempts: 9 }', 'tutti.yaml:1 sets run.attempts to 9'],
    ['tutti.yaml', 'models: []', 'tutti.yaml:1 chooses no models to ask'],
    ['tutti.yaml', 'aliases: {}', 'tutti.yaml:1 sets aliases'],
    ['tutti.yaml', 'endpoints: {}\nrun: {}', 'tutti.yaml:1 sets endpoints'],
    [
      'tutti.yaml',
      'endpoints: { a: { baseUrl: http://x.example, headers: { X-A: b }, path: /p } }',
      'sends calls of a to x.example, and sets its headers, path',
    ],
    [
      'tutti.yaml',
      'models: ["http://me:sk-0123@evil.example/v1#m", "http://evil.example/v1?key=sk-0123#m"]',
      'models to ask: http://evil.example/v1#m, http://evil.example/v1?...#m',
    ],
    ['tutti.yaml', 'modles: []', 'tutti.yaml:1:1: unknown key'],
  ])('stops every command with file and line: %s %j', async (name, text, message) => {
    await using folder = await sampleFolder();
    await folder.write(`project/${name}`, text);
    const loading = folder.load(SHELL);
    await expect(loading).rejects.toMatchObject({
      code: 'untrusted_settings',
      message: expect.stringContaining(message),
      hint: expect.stringContaining('tutti trust'),
    });
    await expect(loading).rejects.not.toMatchObject({ message: expect.stringContaining('sk-') });
  });

  it('is passed over in silence when tutti reads nothing in its .env', async () => {
    await using folder = await sampleFolder();
    await folder.write(
      'project/.env',
      'DATABASE_URL=x\nNODE_OPTIONS=--require ./evil.js\nHTTPS_PROXY=http://127.0.0.1:9\nTUTTI_HOME=/evil\nOPENAI_API_KEY=\n',
    );
    const { notices, layers } = await folder.load(SHELL);
    expect(notices).toEqual([]);
    expect(layers.project.size).toBe(0);
    expect(await addressOf(folder)).toBe('https://api.openai.com/v1');
  });

  it('is not looked for in parent folders', async () => {
    await using folder = await sampleFolder();
    await folder.write('project/.env', ENV);
    await folder.write('project/inner/data.jsonl', '');
    expect(await addressOf(folder, { folder: join(folder.project, 'inner') })).toBe(
      'https://api.openai.com/v1',
    );
  });

  it('passes over a .env that is a folder', async () => {
    await using folder = await sampleFolder();
    await folder.write('project/.env/bin/python', '');
    expect((await folder.load()).notices).toEqual([]);
  });

  it('is left unread by commands that need no project', async () => {
    await using folder = await sampleFolder();
    await folder.write('project/.env', ENV);
    expect(await addressOf(folder, { withProject: false })).toBe('https://api.openai.com/v1');
  });
});

describe('references in a .env', () => {
  const REFERRING =
    'BOX=127.0.0.1:9\nOPENAI_BASE_URL=http://€{BOX}/v1\nOPENAI_API_KEY=€{HOME}\n'.replaceAll(
      '€',
      '$',
    );

  it('are replaced before anything is agreed to, so that the host is shown which is asked', async () => {
    await using folder = await sampleFolder();
    await folder.write('project/.env', REFERRING);
    await expect(folder.load(SHELL)).rejects.toThrow('.env:2 sets OPENAI_BASE_URL to 127.0.0.1:9');
    await trust(folder);
    expect(await addressOf(folder)).toBe('http://127.0.0.1:9/v1');
  });

  it('to anything else stay as they are and are told, without their names', async () => {
    await using folder = await sampleFolder();
    await folder.write('project/.env', REFERRING);
    await trust(folder);
    expect((await folder.load(SHELL)).notices).toEqual([
      { kind: 'reference_open', variable: 'OPENAI_API_KEY', line: 3 },
    ]);
  });
});

describe('an agreement', () => {
  it('lets the project take effect until a byte changes', async () => {
    await using folder = await sampleFolder();
    await folder.write('project/.env', ENV);
    await trust(folder);
    expect(await addressOf(folder)).toBe('http://127.0.0.1:9/v1');
    await folder.write('project/.env', `${ENV} `);
    await expect(folder.load()).rejects.toThrow('has changed since you agreed to it');
  });

  it('is for one file of one folder', async () => {
    await using folder = await sampleFolder();
    await folder.write('project/.env', ENV);
    await trust(folder);
    await folder.write('project/tutti.yaml', 'run: { rpm: 1 }');
    await expect(folder.load()).rejects.toThrow(/^tutti\.yaml of this folder/);
    await folder.write('other/x', '');
    const other = join(folder.project, '../other');
    await symlink(join(folder.project, '.env'), join(other, '.env'));
    await expect(folder.load(SHELL, { folder: other })).rejects.toThrow('.env:1');
  });

  it('is kept in trust.json with mode 600 and without any value of the files', async () => {
    await using folder = await sampleFolder();
    await folder.write('project/.env', 'OPENAI_API_KEY=sk-project-0123456789\n');
    await trust(folder);
    const path = join(folder.home, 'trust.json');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).not.toContain('sk-project');
  });

  it('is asked for on a terminal and kept', async () => {
    await using folder = await sampleFolder();
    await folder.write('project/.env', ENV);
    const agree = vi.fn(async () => true);
    expect(await addressOf(folder, { agree })).toBe('http://127.0.0.1:9/v1');
    expect(await addressOf(folder, { agree })).toBe('http://127.0.0.1:9/v1');
    expect(agree).toHaveBeenCalledOnce();
  });

  it('that is refused stops the command', async () => {
    await using folder = await sampleFolder();
    await folder.write('project/.env', ENV);
    const loading = folder.load(SHELL, { agree: async () => false });
    await expect(loading).rejects.toMatchObject({ code: 'untrusted_settings' });
  });

  it('holds for the bytes that were shown, not for what the file becomes meanwhile', async () => {
    await using folder = await sampleFolder();
    await folder.write('project/.env', ENV);
    const agree = async (): Promise<boolean> => {
      await folder.write('project/.env', 'OPENAI_BASE_URL=http://evil.example/v1\n');
      return true;
    };
    expect(await addressOf(folder, { agree })).toBe('http://127.0.0.1:9/v1');
    await expect(folder.load(SHELL)).rejects.toThrow('evil.example');
  });

  it.each([
    ['--trust', {}, { trust: true }],
    ['TUTTI_TRUST=1', { TUTTI_TRUST: '1' }, {}],
  ])('by %s is for one command', async (_, variables, options) => {
    await using folder = await sampleFolder();
    await folder.write('project/.env', ENV);
    expect((await folder.load(variables, options)).layers.project.size).toBe(1);
    await expect(folder.load()).rejects.toMatchObject({ code: 'untrusted_settings' });
  });

  it('that cannot be kept is said and holds for this command', async () => {
    await using folder = await sampleFolder();
    await folder.write('project/.env', ENV);
    const { notices, layers } = await folder.load(
      { TUTTI_HOME: '/dev/null/x' },
      { agree: async () => true },
    );
    expect(layers.project.size).toBe(1);
    expect(notices[0]).toMatchObject({ kind: 'agreement_not_kept' });
  });

  it.each(['{', '[]', '{"files": 3}', '{"files": {"x": 3}}'])(
    'is worth nothing when trust.json is damaged: %s',
    async (text) => {
      await using folder = await sampleFolder();
      await folder.write('home/trust.json', text);
      await folder.write('project/.env', ENV);
      await expect(folder.load()).rejects.toMatchObject({ code: 'untrusted_settings' });
    },
  );
});

it('lets a trusted .env set keys and addresses only, and says once what is ignored', async () => {
  await using folder = await sampleFolder();
  const refused = [
    'TUTTI_HOME',
    'TUTTI_RPM',
    'XDG_CONFIG_HOME',
    'PATH',
    'NODE_OPTIONS',
    'https_proxy',
    'NODE_EXTRA_CA_CERTS',
    'LD_PRELOAD',
    'SSL_CERT_FILE',
  ];
  const lines = refused.map((name) => `${name}=http://127.0.0.1:9`);
  await folder.write('project/.env', [...lines, 'OTHER=1', ENV].join('\n'));
  const { notices, layers, settings, home } = await folder.load(SHELL, { trust: true });
  expect([...layers.project.keys()]).toEqual(['OPENAI_BASE_URL']);
  expect(settings.run.requestsPerMinute.value).toBe(null);
  expect(home.config).toBe(folder.home);
  expect(notices).toHaveLength(1);
  expect(notices[0]).toEqual({
    kind: 'variables_ignored',
    variables: refused.map((name, index) => ({ name, line: index + 1 })),
  });
});
