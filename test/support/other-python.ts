import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';

/** The Python whose modules tests may use; `TUTTI_TEST_PYTHON` names another one than that of the path. */
const PYTHON = process.env.TUTTI_TEST_PYTHON ?? 'python3';

/** Tells whether Python has all of these modules, and says so where a test is skipped for it. */
export function pythonHas(...modules: readonly string[]): boolean {
  const isThere = spawnSync(PYTHON, ['-c', `import ${modules.join(', ')}`]).status === 0;
  const named = modules.join(' and ');
  if (!isThere) process.stderr.write(`skipped: no Python with ${named} (set TUTTI_TEST_PYTHON)\n`);
  return isThere;
}

/** Runs a program of Python in a folder and gives what it prints. */
export function runPython(folder: string, program: string): string {
  const run = spawnSync(PYTHON, ['-c', program], { cwd: folder, encoding: 'utf8' });
  expect(run.stderr).toBe('');
  return run.stdout;
}
