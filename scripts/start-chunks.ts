import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { startSim } from '../src/sim/index.ts';

const ROOT = join(import.meta.dirname, '..');
const MAIN = join(ROOT, 'src/cli/main.ts');
const PRELOAD = pathToFileURL(join(import.meta.dirname, 'report-loaded-modules.ts')).href;

/** A chunk of modules that are always loaded together. */
interface ModuleGroup {
  readonly name: string;
  readonly test: (module: string) => boolean;
}

/**
 * Groups our own modules by what a start loads: those of every command, those of all that ask, and what `run` and `ask` load
 * besides. Left to itself the bundler makes a chunk for every set of commands that shares a module, more than a hundred
 * of which `run` would open, half a millisecond each.
 */
export async function startChunks(): Promise<ModuleGroup[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-build-'));
  const sim = await startSim();
  try {
    const model = `${sim.url}/v1#any`;
    const input = join(folder, 'one.jsonl');
    writeFileSync(input, `${JSON.stringify({ prompt: 'hello', model })}\n`);
    const always = await loadedBy(folder, ['--help']);
    const run = await loadedBy(folder, ['run', input, '-o', join(folder, 'out')]);
    const ask = await loadedBy(folder, ['ask', 'hello', '-m', model, '--no-stdin']);
    return [
      { name: 'start', test: (module) => always.has(module) },
      { name: 'asking', test: (module) => run.has(module) && ask.has(module) },
      { name: 'run', test: (module) => run.has(module) },
      { name: 'ask', test: (module) => ask.has(module) },
    ];
  } finally {
    await sim.close();
    rmSync(folder, { recursive: true });
  }
}

/** Our own modules that a command line loads, but for its entry, which waits for the others. */
async function loadedBy(folder: string, words: readonly string[]): Promise<ReadonlySet<string>> {
  const list = join(folder, 'loaded.txt');
  const env = { ...process.env, TUTTI_HOME: join(folder, 'home'), LOADED_MODULES: list };
  await promisify(execFile)(process.execPath, ['--import', PRELOAD, MAIN, ...words], {
    ...{ cwd: folder, env },
  });
  const modules = readFileSync(list, 'utf8')
    .split('\n')
    .filter((url) => url.startsWith('file:'));
  const paths = modules.map((url) => fileURLToPath(url));
  return new Set(paths.filter((path) => path.startsWith(join(ROOT, 'src')) && path !== MAIN));
}
