import { existsSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Sim } from '../../src/sim/index.ts';
import { writeExperiment } from '../support/run-results.ts';
import { referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTutti, tutti } from '../support/tutti-process.ts';

let folder = '';
let sim: Sim;

beforeEach(async () => {
  folder = temporaryFolder();
  sim = await startedSim();
  writeExperiment(folder, 'e.jsonl', [{ model: referenceOf(sim), prompt: 'hi' }]);
});

test('a reader that goes away ends the command in silence with 0', async () => {
  const long = await startedSim({ answer: () => 'word '.repeat(100_000) });
  const words = ['ask', 'hi', '-m', referenceOf(long), '-m', referenceOf(long, 'n')];
  const { child, done } = startTutti(words, { cwd: folder });
  child.stdout!.once('data', () => child.stdout!.destroy());
  const { code, stderr } = await done;
  expect(code).toBe(0);
  expect(stderr).not.toMatch(/EPIPE|Error|\bat /);
});

test.skipIf(!existsSync('/dev/full'))(
  'a full standard output ends with 2 and one line',
  async () => {
    const stdout = openSync('/dev/full', 'w');
    for (const words of [
      ['ask', 'hi', '-m', referenceOf(sim), '--quiet'],
      ['models'],
      ['--help'],
    ]) {
      const { code, stderr } = await tutti(words, { cwd: folder, stdout });
      expect(code, words[0]).toBe(2);
      expect(stderr.trim().split('\n'), words[0]).toHaveLength(1);
      expect(stderr).toContain('no space is left');
    }
  },
);

test('an output folder that cannot be made ends with 2 before anything is sent', async () => {
  writeFileSync(join(folder, 'file'), '');
  for (const out of ['file/below', 'file', '/proc/nowhere', '/dev/null/x']) {
    const { code, stderr } = await tutti(['run', 'e.jsonl', '-o', out], { cwd: folder });
    expect(code, out).toBe(2);
    expect(stderr, out).toContain(out);
    expect(stderr, out).not.toContain('defect');
  }
  expect(sim.counts.requests).toBe(0);
});

test.each([
  ['a home that cannot be made', { HOME: '/proc/nonexistent', TUTTI_HOME: undefined }],
  ['a home below a device', { TUTTI_HOME: '/dev/null/x' }],
  ['a home below /proc', { TUTTI_HOME: '/proc/x' }],
  ['a home that is a file', { TUTTI_HOME: '/etc/hostname' }],
])('with %s the answer comes, and at most one warning', async (_, env) => {
  const { code, stdout, stderr } = await tutti(['ask', 'hi', '-m', referenceOf(sim), '-q'], {
    cwd: folder,
    env,
  });
  expect(stdout).toContain('echo: hi');
  expect(code).toBe(0);
  expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(1);
  const set = await tutti(['keys', 'set', 'openai'], { cwd: folder, env, input: 'sk-0123456789' });
  expect(set.code, set.stderr).toBe(2);
  const run = await tutti(['run', 'e.jsonl', '-q'], { cwd: folder, env });
  expect(run.code, run.stderr).toBe(0);
});

test('settings that are wrong are all told with file and line, and nothing is sent', async () => {
  const yaml =
    'models: [x]\nrun:\n  concurency: 3\n  timeout: never\nendpoints:\n  a:\n    baseURL: http://x\n';
  writeFileSync(join(folder, 'tutti.yaml'), yaml);
  const { code, stderr } = await tutti(['ask', 'hi', '-m', referenceOf(sim)], {
    cwd: folder,
    env: { TUTTI_TRUST: '1', TUTTI_NO_SUCH_THING: '1' },
  });
  expect(code).toBe(2);
  for (const place of ['tutti.yaml:3', 'tutti.yaml:4', 'tutti.yaml:7']) {
    expect(stderr).toContain(place);
  }
  expect(stderr).toContain('concurrency');
  expect(stderr).toContain('baseUrl');
  expect(stderr).not.toContain('TUTTI_NO_SUCH_THING');
  expect(sim.counts.requests).toBe(0);
});

test('no stack trace is shown unless --debug asks for it', async () => {
  const words = ['run', 'missing.jsonl'];
  expect((await tutti(words, { cwd: folder })).stderr).not.toMatch(/^\s+at /m);
  expect((await tutti([...words, '--debug'], { cwd: folder })).stderr).toMatch(/^\s+at /m);
});
