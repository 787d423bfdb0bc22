import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startForbiddenPlace } from '../support/redirecting-server.ts';
import { writeExperiment } from '../support/run-results.ts';
import { startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

const KEY = 'sk-shell-0123456789abcdefghij';

/** A working folder with a key in the shell, and an experiment that asks OpenAI. */
async function clonedProject() {
  const cwd = temporaryFolder();
  const thief = await startForbiddenPlace();
  writeExperiment(cwd, 'e.jsonl', [{ model: 'openai/gpt-5', prompt: 'hi' }]);
  const env = { OPENAI_API_KEY: KEY };
  return { cwd, thief, env };
}

test.each([
  ['.env', 'A=1\nOPENAI_BASE_URL=http://127.0.0.1:PORT/v1\n', '.env:2'],
  ['.env', 'OPENAI_API_BASE="http://127.0.0.1:PORT/v1"\n', '.env:1'],
  [
    'tutti.yaml',
    'endpoints:\n  openai:\n    provider: openai\n    baseUrl: http://127.0.0.1:PORT/v1\n    keyVariable: OPENAI_API_KEY\n',
    'tutti.yaml:2',
  ],
  ['tutti.yaml', 'aliases:\n  fast: http://127.0.0.1:PORT/v1#m\n', 'tutti.yaml:2'],
])('a %s that nobody has agreed to stops every command: %j', async (name, content, place) => {
  const { cwd, thief, env } = await clonedProject();
  writeFileSync(join(cwd, name), content.replace('PORT', String(thief.port)));
  const commands = [
    ['run', 'e.jsonl'],
    ['run', 'e.jsonl', '--dry-run'],
    ['ask', 'hi', '-m', 'openai/gpt-5'],
    ['check', 'e.jsonl'],
    ['models'],
    ['models', 'test', 'openai/gpt-5'],
  ];
  const results = await Promise.all(commands.map((words) => tutti(words, { cwd, env })));
  for (const { code, stdout, stderr } of results) {
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(place);
    expect(stderr).toContain('tutti trust');
    expect(stderr).not.toContain(KEY);
  }
  expect(thief.connections()).toBe(0);
});

test('an agreement lets the files take effect until a byte of them changes', async () => {
  const { cwd, env } = await clonedProject();
  const sim = await startedSim();
  writeFileSync(join(cwd, '.env'), `OPENAI_BASE_URL=${sim.baseUrl('openai-chat')}\n`);
  const ask = () => tutti(['ask', 'hi', '-m', 'openai/gpt-5'], { cwd, env });
  expect((await ask()).code).toBe(2);
  expect((await tutti(['trust'], { cwd, env })).code).toBe(2);
  expect((await tutti(['trust', '--yes'], { cwd, env })).code).toBe(0);
  const trusted = await ask();
  expect(trusted.stdout).toContain('echo: hi');
  expect(trusted.code).toBe(0);
  expect(trusted.stderr).toContain(`127.0.0.1:${sim.port}`);
  expect(sim.requests[0]!.headers.authorization).toBe(`Bearer ${KEY}`);
  appendFileSync(join(cwd, '.env'), '#');
  const changed = await ask();
  expect(changed.code).toBe(2);
  expect(changed.stderr).toContain('has changed since you agreed to it');
  expect(sim.counts.requests).toBe(1);
  const once = await tutti(['ask', 'hi', '-m', 'openai/gpt-5', '--trust'], { cwd, env });
  expect(once.code).toBe(0);
  const given = await tutti(['ask', 'hi', '-m', 'openai/gpt-5'], {
    cwd,
    env: { ...env, TUTTI_TRUST: '1' },
  });
  expect(given.code).toBe(0);
  expect((await ask()).code).toBe(2);
});

test('a trusted .env sets no proxy, no Node options, no home and no certificates', async () => {
  const { cwd, thief, env } = await clonedProject();
  const sim = await startedSim();
  const proxy = `http://127.0.0.1:${thief.port}`;
  const lines = [
    `OPENAI_BASE_URL=${sim.baseUrl('openai-chat').replace('127.0.0.1', 'localhost')}`,
    `HTTP_PROXY=${proxy}`,
    `HTTPS_PROXY=${proxy}`,
    `http_proxy=${proxy}`,
    `ALL_PROXY=${proxy}`,
    `NODE_OPTIONS=--import ${join(cwd, 'evil.mjs')}`,
    `NODE_EXTRA_CA_CERTS=${join(cwd, 'evil.pem')}`,
    'NODE_TLS_REJECT_UNAUTHORIZED=0',
    `TUTTI_HOME=${join(cwd, 'evil-home')}`,
    'TUTTI_TRUST=1',
    'PATH=/nowhere',
  ];
  writeFileSync(join(cwd, '.env'), `${lines.join('\n')}\n`);
  const words = ['ask', 'hi', '-m', 'openai/gpt-5'];
  expect((await tutti(words, { cwd, env })).code).toBe(2);
  const { code, stderr } = await tutti([...words, '--trust'], { cwd, env });
  expect(code).toBe(0);
  expect(stderr).toContain('HTTP_PROXY (.env:2)');
  expect(thief.connections()).toBe(0);
  expect(sim.counts.requests).toBe(1);
  expect(sim.requests[0]!.path).toBe('/v1/chat/completions');
});

test('no row of an experiment leads a key anywhere', async () => {
  const { cwd, thief, env } = await clonedProject();
  const sim = await startedSim();
  const place = `http://127.0.0.1:${thief.port}/v1`;
  const address = sim.baseUrl('openai-chat');
  const body = { model: 'openai/gpt-5', messages: [{ role: 'user', content: 'hi' }] };
  writeExperiment(cwd, 'e.jsonl', [
    { model: `${address}#m`, prompt: 'named by address alone' },
    {
      model: 'openai/gpt-5',
      prompt: 'with everything that could name an address',
      base_url: place,
      baseURL: place,
      api_base: place,
      url: place,
      parameters: { base_url: place, api_base: place, url: place, headers: { x: 'y' } },
    },
  ]);
  const words = ['run', 'e.jsonl'];
  const { code } = await tutti(words, { cwd, env: { ...env, OPENAI_BASE_URL: address } });
  expect(code).toBe(0);
  expect(thief.connections()).toBe(0);
  const [byAddress, byProvider] = ['named by address alone', 'with everything'].map((start) =>
    sim.requests.find(({ body }) => JSON.stringify(body).includes(start)),
  );
  expect(byAddress!.headers.authorization).toBeUndefined();
  expect(JSON.stringify(byAddress!.headers)).not.toContain(KEY);
  expect(byProvider!.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(byProvider!.headers.x).toBeUndefined();
  writeExperiment(cwd, 'batch.jsonl', [
    { custom_id: '1', method: 'POST', url: `${place}/chat/completions`, body },
  ]);
  await tutti(['run', 'batch.jsonl'], { cwd, env: { ...env, OPENAI_BASE_URL: address } });
  expect(thief.connections()).toBe(0);
});

test('files of a parent folder have no say', async () => {
  const { cwd, thief, env } = await clonedProject();
  writeFileSync(join(cwd, '.env'), `OLLAMA_BASE_URL=http://127.0.0.1:${thief.port}\n`);
  writeFileSync(join(cwd, 'tutti.yaml'), 'aliases: {x: openai/gpt-5}\n');
  const { mkdirSync } = await import('node:fs');
  mkdirSync(join(cwd, 'below'));
  const options = { cwd: join(cwd, 'below'), env: { ...env, OLLAMA_HOST: '127.0.0.1:9' } };
  const { code } = await tutti(['ask', 'hi', '-m', 'ollama/m'], options);
  expect(code).toBe(1);
  expect(thief.connections()).toBe(0);
});
