import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Sim } from '../../src/sim/index.ts';
import { onlyRunOf, recordsOf } from '../support/run-results.ts';
import { promptOf, referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

let folder = '';
let sim: Sim;

beforeEach(async () => {
  folder = temporaryFolder();
  sim = await startedSim();
});

function row(prompt: string, more: object = {}): string {
  return JSON.stringify({ model: referenceOf(sim), prompt, ...more });
}

/** Runs bytes as an experiment. */
function run(content: string | Buffer, ...words: string[]) {
  writeFileSync(join(folder, 'e.jsonl'), content);
  return tutti(['run', 'e.jsonl', '-o', 'o', ...words], { cwd: folder });
}

function records() {
  return recordsOf(onlyRunOf(join(folder, 'o'), 'e'));
}

test('a byte order mark, CRLF, blank lines and a missing last newline change nothing', async () => {
  const content = `\uFEFF${row('one')}\r\n\r\n${row('two')}\r\n${row('three')}`;
  const { code, stderr } = await run(content);
  expect(code, stderr).toBe(0);
  expect(records().map(({ response }) => response)).toEqual([
    'echo: one',
    'echo: two',
    'echo: three',
  ]);
  const saved = readFileSync(join(onlyRunOf(join(folder, 'o'), 'e'), 'input.jsonl'), 'utf8');
  expect(saved).toBe(content);
});

test('a line of 50 MB runs or is refused with its number, within 500 MB', async () => {
  sim = await startedSim({ answer: () => 'read' });
  writeFileSync(join(folder, 'e.jsonl'), `${row('a')}\n${row('x'.repeat(50_000_000))}\n`);
  const result = await tutti(['run', 'e.jsonl', '-o', 'o'], { cwd: folder, measureMemory: true });
  expect(result.peakMemoryBytes).toBeLessThan(500 * 1024 * 1024);
  if (result.code === 2) expect(result.stderr).toContain('e.jsonl:2');
  else {
    expect(result.stderr).toContain('2 of 2 answered');
    expect(sim.requests.map((request) => promptOf(request).length).sort()).toEqual([1, 50_000_000]);
    expect(records()[1]!.prompt).toHaveLength(50_000_000);
  }
});

test('NUL and lone surrogates come out as they went in', async () => {
  const lone = '{"model":"MODEL","prompt":"nul \\u0000 and \\ud800 alone","kept":"\\udfff\\u0000"}';
  const { code, stderr } = await run(`${lone.replace('MODEL', referenceOf(sim))}\n`);
  expect(code, stderr).toBe(0);
  const [record] = records();
  expect(record!.prompt).toBe('nul \u0000 and \ud800 alone');
  expect(record!.kept).toBe('\udfff\u0000');
  expect(sim.counts.requests).toBe(1);
  expect(record!.response.startsWith('echo: nul \u0000 and')).toBe(true);
});

test('a raw NUL byte and bytes that are no UTF-8 are named with line and place', async () => {
  const bad = Buffer.from(`${row('one')}\n${row('t\u0001wo').replace('\\u0001', '\0')}\n`);
  const nul = await run(bad);
  expect(nul.code).toBe(2);
  expect(nul.stderr).toContain('e.jsonl:2');
  const latin = await run(Buffer.from(`${row('one')}\n${row('caf\u00e9')}\n`, 'latin1'));
  expect(latin.code).toBe(2);
  expect(latin.stderr).toContain('e.jsonl:2');
  expect(latin.stderr).toContain('UTF-8');
  expect(sim.counts.requests).toBe(0);
});

test('reserved keys of a row are carried and never interpreted', async () => {
  const text = `{"__proto__":{"status":"polluted"},"constructor":{"prototype":{"x":1}},"model":"${referenceOf(
    sim,
  )}","prompt":"hi","parameters":{"__proto__":{"polluted":true},"seed":1},"answer":{"status":"fake"},"response":"fake","input-answer":1,"status":"mine","error":"mine"}`;
  const { code, stderr } = await run(`${text}\n`);
  expect(code, stderr).toBe(0);
  const [line] = readFileSync(
    join(onlyRunOf(join(folder, 'o'), 'e'), 'completed.jsonl'),
    'utf8',
  ).split('\n');
  expect(line).toContain('{"__proto__":{"status":"polluted"},"constructor":{"prototype":{"x":1}}');
  const record = JSON.parse(line!);
  expect(record.answer.status).toBe('ok');
  expect(record.response).toBe('echo: hi');
  expect(record['input-response']).toBe('fake');
  expect(record['input-input-answer']).toEqual({ status: 'fake' });
  expect(record['input-answer']).toBe(1);
  expect(record.status).toBe('mine');
});

test('a directory, an empty file and a missing file are refused with what to do', async () => {
  mkdirSync(join(folder, 'folder.jsonl'));
  writeFileSync(join(folder, 'empty.jsonl'), '');
  writeFileSync(join(folder, 'experiment.jsonl'), `${row('hi')}\n`);
  const expected = {
    'folder.jsonl': /is a (?:directory|folder)/,
    'empty.jsonl': 'has no rows',
    'experimnt.jsonl': 'experiment.jsonl',
  };
  for (const command of ['run', 'check']) {
    for (const [file, message] of Object.entries(expected)) {
      const { code, stdout, stderr } = await tutti([command, file], { cwd: folder });
      expect(code, `${command} ${file}`).toBe(command === 'check' && file[1] === 'm' ? 1 : 2);
      expect(stderr + stdout, `${command} ${file}`).toMatch(message);
    }
  }
  expect(sim.counts.requests).toBe(0);
});

test('duplicate ids and malformed lines are all listed with file and line, and nothing is sent', async () => {
  const lines = [
    row('one', { id: 'a' }),
    row('two', { id: 'a' }),
    '{"prompt": "three", "model"',
    '[1, 2]',
    row('five', { id: 7 }),
    row('six', { id: '7' }),
    '{"prompt": "seven"}',
    row('eight', { id: 'b'.repeat(10_000) }),
    row('nine', { id: 'b'.repeat(10_000) }),
  ];
  const content = `${lines.join('\n')}\n`;
  const refused = await run(content);
  expect(refused.code).toBe(2);
  const checked = await tutti(['check', 'e.jsonl'], { cwd: folder });
  expect(checked.code).toBe(1);
  for (const number of [2, 3, 4, 6, 7, 9]) {
    expect(refused.stderr).toContain(`e.jsonl:${number}`);
    expect(checked.stdout + checked.stderr).toContain(`e.jsonl:${number}`);
  }
  expect(sim.counts.requests).toBe(0);
  const skipped = await run(content, '--skip-invalid');
  expect(skipped.code, skipped.stderr).toBe(0);
  expect(records().map(({ response }) => response)).toEqual([
    'echo: one',
    'echo: five',
    'echo: eight',
  ]);
  const failed = recordsOf(onlyRunOf(join(folder, 'o'), 'e'), 'failed.jsonl');
  expect(failed.map(({ line }) => line)).toEqual([2, 3, 4, 6, 7, 9]);
});

test('equal content with other ids is asked each time', async () => {
  const content = [1, 2, 3].map((id) => row('same', { id })).join('\n');
  expect((await run(content)).code).toBe(0);
  expect(sim.counts.requests).toBe(3);
  expect(records().map(({ id }) => id)).toEqual([1, 2, 3]);
});
