import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const SCRIPT = '/usr/bin/script';

/** True where a program can be run on a terminal of its own (`script` of util-linux). */
export const HAS_TERMINALS = existsSync(SCRIPT);

/** Runs the command line on a terminal of 80 columns and gives all that it wrote there. */
export function tuttiOnTerminal(
  words: readonly string[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<{ readonly code: number | null; readonly output: string }> {
  const line = [process.execPath, MAIN, ...words].map(quoted).join(' ');
  const child = spawn(SCRIPT, ['-q', '-f', '-e', '-c', line, '/dev/null'], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      SHELL: '/bin/sh',
      TERM: 'xterm-256color',
      HOME: join(cwd, '.home'),
      TUTTI_HOME: join(cwd, '.home', 'tutti'),
      ...env,
    },
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => output.push(bytes));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: Buffer.concat(output).toString() }));
  });
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
