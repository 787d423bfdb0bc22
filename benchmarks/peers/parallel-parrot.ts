import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const PACKAGE = 'parallel-parrot==0.9.*';
/** It runs on these only. */
const PYTHONS = ['python3.11', 'python3.10', 'python3.9', 'python3', 'python'];
const IS_OLD_ENOUGH = 'import sys; sys.exit(not (3, 9) <= sys.version_info < (3, 12))';

/** A program that can be run with parallel-parrot, or why there is none. */
export type ParallelParrot = { readonly python: string } | { readonly missing: string };

/** Installs parallel-parrot into a virtual environment of its own in `folder`; takes some 20 s. */
export function installParallelParrot(folder: string): ParallelParrot {
  const system = PYTHONS.find((name) => spawnSync(name, ['-c', IS_OLD_ENOUGH]).status === 0);
  if (system === undefined) return { missing: 'it needs Python 3.9, 3.10 or 3.11' };
  const environment = join(folder, 'python');
  const python = join(environment, 'bin/python');
  for (const [program, ...args] of [
    [system, '-m', 'venv', environment],
    [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', PACKAGE],
  ] as const) {
    const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    if (status === 0) continue;
    return { missing: `${args.join(' ')} failed: ${stderr.trim().split('\n').at(-1)}` };
  }
  return { python };
}

/**
 * Makes `calls` calls by parallel-parrot, in chunks of `inFlight`, as it does.
 *
 * @throws when not every call was answered
 */
export async function runParallelParrot(
  { python }: { readonly python: string },
  url: string,
  calls: number,
  inFlight: number,
): Promise<void> {
  const program = join(import.meta.dirname, 'parallel_parrot_client.py');
  const child = spawn(python, [program, url, String(calls), String(inFlight)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [[code], stderr] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
  if (code !== 0) throw new Error(`parallel-parrot failed: ${stderr}`);
}
