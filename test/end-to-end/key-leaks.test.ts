import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { filesBelow, writeExperiment } from '../support/run-results.ts';
import {
  chatCompletion,
  chatStream,
  type ScriptedRequest,
  type ScriptedServer,
  startScriptedServer,
} from '../support/scripted-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { HAS_TERMINALS, tuttiOnTerminal } from '../support/tutti-on-terminal.ts';
import { tutti } from '../support/tutti-process.ts';

const key = (name: string) => `sk-${name}-Zq7Wx2Lk9Vb4Nm8Rt3-${name.toUpperCase()}9876`;
const IN_SHELL = {
  OPENAI_API_KEY: key('openai'),
  OPENAI_API_KEY_special: key('special'),
  ANTHROPIC_API_KEY: key('anthropic'),
  GEMINI_API_KEY: key('gemini'),
  GROQ_API_KEY: key('groq'),
  AZURE_OPENAI_API_KEY: key('azure'),
};
const IN_ENV_FILE = { MISTRAL_API_KEY: key('mistral'), DEEPSEEK_API_KEY: key('deepseek') };
const IN_KEYS_FILE = { TOGETHER_API_KEY: key('together'), XAI_API_KEY: key('xai') };
const IN_HEADER = key('header');
const IN_URL = key('inurl');
const ALL = [...Object.values({ ...IN_SHELL, ...IN_ENV_FILE, ...IN_KEYS_FILE }), IN_HEADER, IN_URL];
const SPELLINGS = ALL.flatMap((one) => [
  one,
  Buffer.from(one).toString('base64').replace(/=+$/, ''),
  one.slice(-8),
]);

let folder = '';
let server: ScriptedServer;
let env: Record<string, string> = {};

beforeEach(async () => {
  folder = temporaryFolder();
  server = await startScriptedServer(echoKeys);
  env = { ...IN_SHELL, TUTTI_TRUST: '1' };
  for (const name of [
    'OPENAI',
    'ANTHROPIC',
    'GEMINI',
    'GROQ',
    'MISTRAL',
    'DEEPSEEK',
    'TOGETHER',
    'XAI',
  ]) {
    env[`${name}_BASE_URL`] = `${server.url}/v1`;
  }
  env.AZURE_OPENAI_API_ENDPOINT = server.url;
  writeFileSync(join(folder, '.env'), lines(IN_ENV_FILE));
  const home = join(folder, '.home', 'tutti');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'keys'), lines(IN_KEYS_FILE), { mode: 0o600 });
  writeFileSync(
    join(home, 'config.yaml'),
    `endpoints:\n  own:\n    baseUrl: ${server.url}/v1\n    headers: {X-Custom-Token: "${IN_HEADER}"}\n`,
  );
});

function lines(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** Gives back the caller's keys in every form, at the place that the model's name says. */
function echoKeys({ headers, body, path }: ScriptedRequest) {
  const mode = /m-([a-z0-9]+)/.exec(`${path} ${body}`)?.[1] ?? 'error';
  const sent = ALL.filter((one) => JSON.stringify(headers).includes(one));
  const told = sent.map((one) => `${one} ${Buffer.from(one).toString('base64')}`).join(' ');
  const tails = sent.map((one) => `ending in ${one.slice(-8)}`).join(' ');
  const error = { message: `wrong: ${told} ${tails}`, type: told, code: told };
  const finish = { choices: [{ index: 0, finish_reason: told, message: { content: told } }] };
  if (JSON.parse(body).stream) return chatStream(told.match(/.{1,7}/g) ?? []);
  switch (mode) {
    case 'text':
      return { body: chatCompletion(`You sent ${told}`, { model: told, id: told }) };
    case 'fields':
      return { body: { ...chatCompletion('', { model: told, id: told }), ...finish } };
    case 'inside':
      return { body: { error } };
    case 'html':
      return { body: `<html>${told} ${tails}</html>` };
    case 'redirect':
      return { status: 302, headers: { location: `http://${sent[0]}.test/${sent[0]}` }, body: '' };
    case 'header':
      return {
        status: 400,
        headers: { 'x-request-id': sent[0]!, 'request-id': sent[0]!, 'retry-after': sent[0]! },
        body: told,
      };
    default:
      return { status: /^\d{3}$/.test(mode) ? Number(mode) : 400, body: { error } };
  }
}

const MODES = [
  'text',
  'fields',
  'inside',
  'html',
  'redirect',
  'header',
  '400',
  '401',
  '404',
  '500',
];
const PROVIDERS = [
  'openai',
  'anthropic',
  'gemini',
  'groq',
  'azure-openai',
  'mistral',
  'deepseek',
  'together',
  'xai',
  'own',
];

function expectNoKey(text: string, where: string): void {
  for (const spelling of SPELLINGS) {
    if (text.includes(spelling)) {
      const at = text.indexOf(spelling);
      expect.fail(`${where}: ${JSON.stringify(text.slice(Math.max(0, at - 80), at + 60))}`);
    }
  }
}

function expectNoKeyInFiles(): void {
  for (const path of filesBelow(folder)) {
    if (/\.env$|tutti\/keys$|config\.yaml$/.test(path)) continue;
    expectNoKey(readFileSync(path, 'latin1'), path);
  }
}

test('no key appears in any output or file, however the servers echo it', async () => {
  const models = [
    ...MODES.map((mode) => `openai/m-${mode}`),
    ...PROVIDERS.map((provider) => `${provider}/m-text`),
    ...PROVIDERS.map((provider) => `${provider}/m-400`),
    'openai/special',
  ];
  const rows = [...new Set(models)].map((model) => ({ model, prompt: 'hi' }));
  writeExperiment(folder, 'e.jsonl', rows);
  const asked = [...new Set(models)].flatMap((model) => ['-m', model]);
  const commands = [
    ['run', 'e.jsonl', '-o', 'o', '--attempts', '2'],
    ['run', 'e.jsonl', '-o', 'o2', '--attempts', '1', '--json', '--debug'],
    ['ask', 'hi', '--attempts', '1', ...asked],
    ['ask', 'hi', '--attempts', '1', '--json', '--debug', ...asked],
    ['models', 'test', ...[...new Set(models)]],
    ['models', 'test', '--json', ...[...new Set(models)]],
  ];
  for (const words of commands) {
    const { stdout, stderr } = await tutti(words, { cwd: folder, env });
    expectNoKey(stdout, `stdout of ${words[0]} ${words.at(-1)}`);
    expectNoKey(stderr, `stderr of ${words[0]} ${words.at(-1)}`);
  }
  const seen = JSON.stringify(server.requests);
  for (const one of ALL) if (one !== IN_URL) expect(seen).toContain(one);
  expectNoKeyInFiles();
});

test('no key appears in what the other commands say, nor a password of an address', async () => {
  const address = `http://user:${IN_URL}@127.0.0.1:9/v1`;
  const withUrl = { ...env, OPENAI_BASE_URL: address };
  const withProxy = { ...env, HTTPS_PROXY: address, HTTP_PROXY: address };
  writeExperiment(folder, 'e.jsonl', [{ model: 'openai/m', prompt: 'hi' }]);
  writeExperiment(folder, 'u.jsonl', [{ model: `${address}#m`, prompt: 'hi' }]);
  writeFileSync(join(folder, '.bad'), '');
  const commands: [string[], Record<string, string>][] = [
    [['models'], env],
    [['models', '--json'], env],
    [['keys', 'list'], env],
    [['keys', 'list', '--json'], env],
    [['check', 'e.jsonl'], withUrl],
    [['models', '--json'], withUrl],
    [['models'], withUrl],
    [['ask', 'hi', '-m', 'openai/m'], withUrl],
    [['ask', 'hi', '-m', `${address}#m`], env],
    [['run', 'u.jsonl', '-o', 'o', '--debug'], env],
    [['run', 'u.jsonl', '--dry-run', '--json'], env],
    [['check', 'u.jsonl', '--json'], env],
    [
      ['ask', 'hi', '-m', 'openai/m', '--attempts', '1', '--debug'],
      {
        ...withProxy,
        OPENAI_BASE_URL: 'http://host.invalid/v1',
      },
    ],
    [['keys', 'set', key('argument')], env],
    [['keys', 'remove', IN_SHELL.OPENAI_API_KEY], env],
    [['trust'], { ...env, TUTTI_TRUST: '' }],
    [['ask', 'hi'], env],
  ];
  for (const [words, variables] of commands) {
    const { stdout, stderr } = await tutti(words, { cwd: folder, env: variables });
    expectNoKey(stdout + stderr, words.join(' '));
    expect(stdout + stderr).not.toContain(key('argument'));
  }
  writeFileSync(join(folder, 'u.jsonl'), '');
  expectNoKeyInFiles();
});

test.skipIf(!HAS_TERMINALS)(
  'no key appears on a terminal, however the stream cuts it',
  async () => {
    const words = [
      'ask',
      'hi',
      ...PROVIDERS.flatMap((one) => (/openai|groq|xai|own/.test(one) ? ['-m', `${one}/m`] : [])),
    ];
    const { output } = await tuttiOnTerminal(words, { cwd: folder, env });
    expect(output).toContain('[key]');
    expectNoKey(output, 'terminal');
  },
);
