import { expect, it } from 'vitest';
import { sampleFolder } from '../sample-folder.test-support.ts';
import { readRunOption } from './run-options.ts';
import { runValues } from './settings.ts';

it('lets flag win over environment, project, home and default, and keeps where each comes from', async () => {
  await using folder = await sampleFolder();
  await folder.write(
    'home/config.yaml',
    'models: [a/home]\nrun:\n  rpm: 1\n  tpm: 1\n  attempts: 1\n  concurrency: 1\n',
  );
  await folder.write(
    'project/tutti.yaml',
    'models: [a/project]\nrun:\n  rpm: 2\n  tpm: 2\n  attempts: 2\n  stream: false\n',
  );
  const { settings } = await folder.load(
    { TUTTI_RPM: '3', TUTTI_TPM: '3', TUTTI_IDLE_TIMEOUT: '9s', TUTTI_NONSENSE: 'x' },
    { trust: true },
  );
  expect(settings.run).toEqual({
    requestsPerMinute: { value: 3, layer: 'environment', where: 'TUTTI_RPM' },
    tokensPerMinute: { value: 3, layer: 'environment', where: 'TUTTI_TPM' },
    attempts: { value: 2, layer: 'project', where: 'tutti.yaml:5' },
    concurrency: { value: 1, layer: 'home', where: `${folder.home}/config.yaml:6` },
    timeoutMs: { value: 300_000, layer: 'default', where: 'default' },
    out: { value: './tutti-out', layer: 'default', where: 'default' },
    idleTimeoutMs: { value: 9_000, layer: 'environment', where: 'TUTTI_IDLE_TIMEOUT' },
    maxWaitMs: { value: 3_600_000, layer: 'default', where: 'default' },
    stopAfter: { value: 10, layer: 'default', where: 'default' },
    stream: { value: false, layer: 'project', where: 'tutti.yaml:6' },
    keepRaw: { value: false, layer: 'default', where: 'default' },
    resume: { value: 'ask', layer: 'default', where: 'default' },
    totalRequestsPerMinute: { value: null, layer: 'default', where: 'default' },
  });
  expect(runValues(settings, { requestsPerMinute: 4, attempts: undefined })).toEqual({
    ...{ requestsPerMinute: 4, tokensPerMinute: 3, attempts: 2, concurrency: 1 },
    ...{ timeoutMs: 300_000, out: './tutti-out' },
    ...{ maxWaitMs: 3_600_000, stopAfter: 10 },
    ...{ idleTimeoutMs: 9_000, stream: false, keepRaw: false, resume: 'ask' },
    totalRequestsPerMinute: null,
  });
  expect(settings.models).toEqual({
    value: ['a/project'],
    layer: 'project',
    where: 'tutti.yaml:1',
  });
});

it('replaces an alias or endpoint of the home as a whole', async () => {
  await using folder = await sampleFolder();
  await folder.write(
    'home/config.yaml',
    'aliases: { a: x/home, b: y/home }\nendpoints: { gw: { baseUrl: http://home, keyVariable: GW_KEY } }\n',
  );
  await folder.write(
    'project/tutti.yaml',
    'aliases: { a: x/project }\nendpoints: { gw: { baseUrl: http://project } }\n',
  );
  const { settings } = await folder.load({}, { trust: true });
  expect(settings.aliases.get('a')?.value).toBe('x/project');
  expect(settings.aliases.get('b')?.value).toBe('y/home');
  expect(settings.endpoints.get('gw')?.value).toEqual({ baseUrl: 'http://project' });
});

it('reads default models from TUTTI_MODELS', async () => {
  await using folder = await sampleFolder();
  const { settings } = await folder.load({ TUTTI_MODELS: 'openai/a, sim/quick,' });
  expect(settings.models).toEqual({
    value: ['openai/a', 'sim/quick'],
    layer: 'environment',
    where: 'TUTTI_MODELS',
  });
});

it('lists every variable whose value is wrong', async () => {
  await using folder = await sampleFolder();
  const loading = folder.load({ TUTTI_CONCURRENCY: 'many', TUTTI_TIMEOUT: '0' });
  await expect(loading).rejects.toMatchObject({
    code: 'bad_settings',
    message: expect.stringMatching(/TUTTI_CONCURRENCY: must be[^\n]*\nTUTTI_TIMEOUT: must be/),
  });
});

it('stops at a home file with a mistake and names its line', async () => {
  await using folder = await sampleFolder();
  await folder.write('home/config.yaml', 'run:\n  rmp: 3\n');
  await expect(folder.load()).rejects.toMatchObject({
    code: 'bad_settings',
    message: expect.stringContaining("config.yaml:2:3: unknown key 'rmp'; did you mean 'rpm'?"),
  });
});

it.each([
  ['timeoutMs', '30', 30_000],
  ['timeoutMs', '5s', 5000],
  ['timeoutMs', '500ms', 500],
  ['timeoutMs', '1.5m', 90_000],
  ['timeoutMs', 2, 2000],
  ['requestsPerMinute', '60', 60],
  ['concurrency', 7, 7],
  ['maxWaitMs', '2h', 7_200_000],
  ['maxWaitMs', 'none', Number.POSITIVE_INFINITY],
  ['stopAfter', '0', 0],
] as const)('reads %s %s as %s', (name, text, value) => {
  expect(readRunOption(name, text)).toEqual({ value });
});

it.each([
  ['timeoutMs', '0'],
  ['timeoutMs', '-1s'],
  ['timeoutMs', '25h'],
  ['timeoutMs', 'Infinity'],
  ['timeoutMs', 'none'],
  ['requestsPerMinute', '0'],
  ['requestsPerMinute', '1e3'],
  ['requestsPerMinute', '1.5'],
  ['attempts', ''],
  ['out', ''],
] as const)('refuses %s %j', (name, text) => {
  expect(readRunOption(name, text)).toHaveProperty('problem');
});

it('tells of a file that is not read because of how its name ends', async () => {
  await using folder = await sampleFolder();
  await folder.write('project/tutti.yml', 'run: { rpm: 5 }\n');
  await folder.write('home/config.yml', 'run: { rpm: 6 }\n');
  const told = (await folder.load({})).notices.map((one) => ('meant' in one ? one.meant : one));
  expect(told).toEqual([`${folder.home}/config.yaml`, expect.stringMatching(/tutti\.yaml$/)]);
  await folder.write('project/tutti.yaml', 'run: { rpm: 5 }\n');
  expect((await folder.load({}, { trust: true })).notices).toHaveLength(1);
});

it.each(['true', 'YES', 'on', '1', 'y'])('reads %s as yes, also for agreement', async (word) => {
  await using folder = await sampleFolder();
  await folder.write('project/tutti.yaml', 'run: { rpm: 5 }\n');
  const { settings } = await folder.load({ TUTTI_KEEP_RAW: word, TUTTI_TRUST: word });
  expect(settings.run.keepRaw.value).toBe(true);
  expect(settings.run.requestsPerMinute.value).toBe(5);
});

it.each(['false', 'No', 'off', '0', 'n', 'ture'])('takes %s for no agreement', async (word) => {
  await using folder = await sampleFolder();
  await folder.write('project/tutti.yaml', 'run: { rpm: 5 }\n');
  await expect(folder.load({ TUTTI_TRUST: word })).rejects.toMatchObject({
    code: 'untrusted_settings',
  });
});

it('refuses a folder that begins with a tilde, which only a shell understands', async () => {
  await using folder = await sampleFolder();
  for (const out of ['~/results', '~', '~me/x', '~\\x']) {
    expect(readRunOption('out', out)).toMatchObject({ problem: expect.stringContaining('"~"') });
    await expect(folder.load({ TUTTI_OUT: out })).rejects.toMatchObject({ code: 'bad_settings' });
  }
  expect(readRunOption('out', './~/x')).toEqual({ value: './~/x' });
});
