import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { Sim } from '../../src/sim/index.ts';
import { onlyRunOf, recordsOf, writeExperiment } from '../support/run-results.ts';
import { referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/tests', import.meta.url));
const started = new Set<ChildProcess>();

afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
});

/** Runs a line of shell in which `tutti` is the command line, with standard input as Node gives it: a socket. */
function shell(line: string, cwd: string, stdin: 'ignore' | 'pipe' = 'ignore') {
  const tutti = join(cwd, 'tutti');
  writeFileSync(tutti, `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`, { mode: 0o755 });
  const child = spawn('/bin/sh', ['-c', line], {
    cwd,
    stdio: [stdin, 'pipe', 'pipe'],
    env: {
      PATH: `${cwd}:${dirname(process.execPath)}:/usr/bin:/bin`,
      HOME: cwd,
      TUTTI_HOME: join(cwd, 'h'),
      NODE_COMPILE_CACHE: COMPILE_CACHE,
    },
  });
  started.add(child);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (bytes) => {
      output[name] += bytes;
    });
  }
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, ...output }));
  });
  return { child, ended };
}

async function askLine(words: string): Promise<{ sim: Sim; cwd: string; line: string }> {
  const sim = await startedSim();
  return { sim, cwd: temporaryFolder(), line: `tutti ask ${words} -m ${referenceOf(sim)} -q` };
}

describe('standard input', () => {
  test('a slow pipe is waited for, and that is told', async () => {
    const { cwd, line } = await askLine("'Sum up:'");
    const slow = '(until grep -q "waiting for standard input" told; do sleep 0.1; done; echo text)';
    const { stdout } = await shell(`touch told; ${slow} | ${line} 2> told`, cwd).ended;
    expect(stdout).toContain('Sum up:\n\ntext');
  });

  test('a socket to which nobody writes is left', async () => {
    const { cwd, line } = await askLine('hi');
    const { code, stderr } = await shell(`exec ${line}`, cwd, 'pipe').ended;
    expect([code, stderr]).toEqual([0, expect.stringContaining('left alone (--stdin')]);
  });

  test.skipIf(process.platform !== 'linux')('the list of a loop is left to the loop', async () => {
    const { cwd, line } = await askLine('"$q"');
    writeFileSync(join(cwd, 'list'), 'one\ntwo\nthree\n');
    const loop = `while read q; do ${line}; done < list`;
    const { stdout } = await shell(loop, cwd).ended;
    expect(stdout.match(/echo: \w+\s*$/gm)?.map((text) => text.trim())).toEqual([
      'echo: one',
      'echo: two',
      'echo: three',
    ]);
  });
});

describe.skipIf(process.platform !== 'linux')('standard output', () => {
  test.each(['>&-', '1</dev/null'])(
    'that is closed (%s) is told before anything is asked',
    async (end) => {
      const { sim, cwd, line } = await askLine('hi');
      const { code, stderr } = await shell(`${line} ${end}`, cwd).ended;
      expect([code, sim.counts.requests]).toEqual([2, 0]);
      expect(stderr).toContain('Standard output is closed');
    },
  );

  test('that is thrown away on purpose is none that is closed', async () => {
    const { sim, cwd, line } = await askLine('hi');
    expect((await shell(`${line} > /dev/null`, cwd).ended).code).toBe(0);
    expect(sim.counts.requests).toBe(1);
  });
});

test('a working folder that was deleted is told', async () => {
  const cwd = temporaryFolder();
  const { code, stderr } = await shell('mkdir d; cd d; rmdir ../d; tutti ask hi', cwd).ended;
  expect(code).toBe(2);
  expect(stderr).toContain(
    'tutti: The working folder has been deleted.\n  Go to another one first, such as: cd ~\n',
  );
});

describe.skipIf(!existsSync('/usr/bin/nohup'))('a run under nohup', () => {
  test.each(['nohup tutti', "trap '' HUP; tutti"])('outlives a SIGHUP (%s)', async (start) => {
    const cwd = temporaryFolder();
    const sim = await startedSim({ latency: { kind: 'fixed', ms: 100 } });
    const rows = Array.from({ length: 12 }, (_, row) => ({
      model: referenceOf(sim),
      prompt: `question ${row}`,
    }));
    writeExperiment(cwd, 'e.jsonl', rows);
    const line = `${start} run e.jsonl -o o --concurrency 1 -q & echo $! > pid; wait`;
    const { ended } = shell(line, cwd);
    await expect.poll(() => sim.counts.answered, { timeout: 10_000 }).toBeGreaterThan(2);
    process.kill(Number(readFileSync(join(cwd, 'pid'), 'utf8')), 'SIGHUP');
    await ended;
    expect(recordsOf(onlyRunOf(join(cwd, 'o'), 'e'))).toHaveLength(12);
    expect(sim.counts.requests).toBe(12);
  });
});
