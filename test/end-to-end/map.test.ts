import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parseFaults } from '../../src/sim/index.ts';
import { linesOf } from '../support/run-results.ts';
import { promptOf, referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTutti, tutti } from '../support/tutti-process.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/map/', import.meta.url));

it('the example gives each text a summary, and every other cell stays as it was', async () => {
  const cwd = temporaryFolder();
  const table = join(EXAMPLE, 'docs.csv');
  const words = ['map', table, '-t', join(EXAMPLE, 'summarise.txt'), '--column', 'summary'];
  const { code, stderr } = await tutti([...words, '-m', 'sim/quick', '-o', 'out.csv'], { cwd });
  expect(code, stderr).toBe(0);
  expect(stderr).toContain('3 in = 3 answered · 3 out');
  const after = linesOf(join(cwd, 'out.csv'));
  expect(after[0]).toBe('id,title,text,summary');
  expect(after[1]).toMatch(/^1,Bread,"Bread rises because yeast eats sugar .* like a balloon\.",./);
  expect(after).toHaveLength(4);
});

it('a map that is killed goes on by the same command, and asks no row twice that was answered', async () => {
  const cwd = temporaryFolder();
  const sim = await startedSim({ latency: { kind: 'uniform', fromMs: 15, toMs: 25 } });
  const rows = Array.from({ length: 300 }, (_, n) => JSON.stringify({ text: `row ${n}` }));
  writeFileSync(join(cwd, 'a.jsonl'), `${rows.join('\n')}\n`);
  const words = [
    'map',
    'a.jsonl',
    '--prompt',
    '${text}',
    '-m',
    referenceOf(sim),
    '-o',
    'out.jsonl',
  ];
  const more = ['--concurrency', '10', '--json', '-q'];
  const killed = startTutti([...words, ...more], { cwd });
  while (sim.requests.length < 120) await new Promise((resolve) => setTimeout(resolve, 5));
  killed.kill('SIGKILL');
  await killed.done;
  expect(readdirSync(cwd)).not.toContain('out.jsonl');
  const { code, stdout } = await tutti([...words, ...more], { cwd });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ in: 300, answered: 300, out: 300, asks: 300 });
  expect(sim.requests.length).toBeLessThanOrEqual(310);
  expect(new Set(sim.requests.map(promptOf)).size).toBe(300);
  const made = readFileSync(join(cwd, 'out.jsonl'), 'utf8').trimEnd().split('\n');
  expect(made.map((line) => JSON.parse(line).text)).toEqual(
    rows.map((row) => JSON.parse(row).text),
  );
  const again = await tutti([...words, ...more], { cwd });
  expect([again.code, JSON.parse(again.stdout).asks]).toEqual([0, 300]);
});

it('a map without a prompt works on the file alone, from standard input, too', async () => {
  const cwd = temporaryFolder();
  const input = '{"k":1,"items":"[{\\"a\\":1},{\\"a\\":2}]"}\n';
  const exploded = await tutti(['map', '-', '--explode', 'items', '-o', '-'], { cwd, input });
  expect(exploded).toMatchObject({ code: 0, stdout: '{"k":1,"a":1}\n{"k":1,"a":2}\n' });
  const clash = await tutti(['map', '-', '--explode', 'items', '-o', '-'], {
    cwd,
    input: input.replace('"k"', '"a"'),
  });
  expect(clash.code).toBe(2);
  expect(clash.stderr).toContain('columns already: "a"');
  const nothing = await tutti(['map', '-', '-o', '-'], { cwd, input });
  expect(nothing.code).toBe(2);
  expect(readdirSync(cwd)).toEqual([]);
});

it('what cannot be a map is told whole, and nothing is begun', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'a.jsonl'), '{"text":"x"}\n{"other":1}\n');
  const sim = ['-m', 'sim/quick'];
  const missing = await tutti(['map', 'a.jsonl', '--prompt', '${text}', ...sim], { cwd });
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain('row 2 has no column "text" (1 of 2 rows)');
  const template = await tutti(['map', 'a.jsonl', '-t', 'gone.txt', ...sim], { cwd });
  expect([template.code, template.stderr.includes('gone.txt')]).toEqual([2, true]);
  const both = await tutti(['map', 'a.jsonl', '--prompt', 'x', '-o', '-', '--json', ...sim], {
    cwd,
  });
  expect(both.code).toBe(2);
  expect(readdirSync(cwd)).toEqual(['a.jsonl']);
});

it('a sample whose model cannot be asked is no success', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'a.jsonl'), '{"text":"x"}\n{"text":"y"}\n');
  const words = ['map', 'a.jsonl', '--prompt', '${text}', '--sample', '1', '--attempts', '1'];
  const { code, stderr } = await tutti([...words, '-m', 'http://127.0.0.1:9/v1#m'], { cwd });
  expect(code, stderr).toBe(1);
  expect(stderr).not.toContain('the whole:');
});

it('the folder of a map is told from that of an experiment, and its records can be used as those', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'a.jsonl'), '{"text":"x"}\n{"text":"y"}\n');
  const words = ['map', 'a.jsonl', '--prompt', '${text}', '-m', 'sim/quick', '--json', '-q'];
  const { folder } = JSON.parse((await tutti(words, { cwd })).stdout);
  const before = readFileSync(join(cwd, folder, 'run.json'), 'utf8');
  for (const more of [[], ['--finish'], ['--dry-run'], ['--only-failed']]) {
    const { code, stderr } = await tutti(['run', folder, ...more], { cwd });
    expect([code, more, stderr]).toEqual([
      2,
      more,
      expect.stringContaining('is the folder of a map'),
    ]);
    expect(stderr).toContain('tutti map TABLE');
  }
  expect(readFileSync(join(cwd, folder, 'run.json'), 'utf8')).toBe(before);
  expect((await tutti(['report', folder], { cwd })).code).toBe(0);
  expect((await tutti(['score', folder, '--score', 'length'], { cwd })).code).toBe(0);
  const csv = await tutti(['export', folder, '--format', 'csv', '-o', 'x.csv'], { cwd });
  expect([csv.code, linesOf(join(cwd, 'x.csv')).length]).toEqual([0, 3]);
  const again = await tutti(words, { cwd });
  expect(JSON.parse(again.stdout)).toMatchObject({ folder, state: 'finished', asks: 2 });
});

it('what failed is asked once more by the same command with --only-failed, as the finished map says', async () => {
  const cwd = temporaryFolder();
  const sim = await startedSim({ faults: parseFaults('400') });
  writeFileSync(join(cwd, 'a.jsonl'), '{"text":"one"}\n{"text":"two"}\n');
  const words = ['map', 'a.jsonl', '--prompt', '${text}', '-m', referenceOf(sim), '-o', 'b.jsonl'];
  const options = { cwd };
  expect((await tutti([...words, '--no-setup'], options)).code).toBe(1);
  const again = await tutti(words, options);
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('--only-failed asks')]);
  expect(sim.requests).toHaveLength(2);
  await tutti([...words, '--only-failed', '--no-setup'], options);
  expect(sim.requests).toHaveLength(4);
  const clash = await tutti([...words, '--only-failed', '--new'], options);
  expect([clash.code, clash.stderr]).toEqual([2, expect.stringContaining('--only-failed goes on')]);
  const plan = await tutti([...words, '--only-failed', '--dry-run'], options);
  expect([plan.code, plan.stderr]).toEqual([2, expect.stringContaining('--dry-run counts all')]);
});
