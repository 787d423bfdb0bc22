import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const TUTTI = fileURLToPath(new URL('../../bin/tutti.js', import.meta.url));
const LIST_LOADED = new URL('../../scripts/report-loaded-modules.ts', import.meta.url).href;

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface StartOptions {
  readonly node?: string;
  readonly stdout?: number;
  /** True gives it a process group of its own, as a shell does. */
  readonly ownGroup?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

function start(words: readonly string[], options: StartOptions = {}) {
  const { node, stdout, ownGroup, env } = options;
  const folder = temporaryFolder();
  const child = spawn(node ?? process.execPath, [TUTTI, ...words], {
    cwd: folder,
    detached: ownGroup ?? false,
    env: { PATH: process.env.PATH, TUTTI_HOME: folder, ...env },
    stdio: ['ignore', stdout ?? 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (bytes) => {
      output[name] += bytes;
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, ...output }));
  });
  return { child, ended, output };
}

/** Starts `tutti sim` and waits until it serves. */
async function startSim(options: StartOptions) {
  const started = start(['sim', '--port', '0', '--json'], options);
  await expect.poll(() => started.output.stdout, { timeout: 20_000 }).toContain('\n');
  return started;
}

/** A Node of this machine that is too old; undefined where there is none. */
function findOldNode(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  return folders
    .map((folder) => join(folder, 'node'))
    .filter((path) => existsSync(path))
    .find((path) => {
      const version = execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' });
      return Number(version.split('.')[0]) < 24;
    });
}

const groupSignal = (child: ChildProcess, signal: NodeJS.Signals) =>
  process.kill(-(child.pid as number), signal);

describe('bin/tutti.js', () => {
  it('hands on words and exit codes', async () => {
    const { code, stderr, stdout } = await start(['aks', 'why?']).ended;
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe('tutti: Command "aks" is not known.\n  Did you mean ask?\n');
  });

  it('is silent and exits 0 when the reader of its answers goes away', async () => {
    const { child, ended } = start(['models', '--json']);
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  it.skipIf(!existsSync('/dev/full'))(
    'says in one line that the disk is full, exit 2',
    async () => {
      const full = openSync('/dev/full', 'w');
      const { code, stderr } = await start(['models'], { stdout: full }).ended;
      closeSync(full);
      expect(code).toBe(2);
      expect(stderr).toBe(
        'tutti: standard output cannot be written: no space is left on the device\n',
      );
    },
  );

  it.each([['--env-file=/dev/null'], ['--env-file-if-exists', '/dev/null']])(
    'refuses %s, which Node takes before anybody can ask',
    async (...words) => {
      const { code, stderr } = await start(['ask', 'hi', ...words]).ended;
      expect([code, stderr]).toEqual([2, expect.stringMatching(/^tutti: Node itself takes --env/)]);
    },
  );

  it('asks without what speaks HTTP/2, which it never does', async () => {
    const list = join(temporaryFolder(), 'loaded.txt');
    const env = { NODE_OPTIONS: `--import ${LIST_LOADED}`, LOADED_MODULES: list };
    const { code, stdout } = await start(['ask', 'hi', '-m', 'sim/quick'], { env }).ended;
    expect([code, stdout]).toEqual([0, expect.stringContaining('hi')]);
    const loaded = readFileSync(list, 'utf8').split('\n');
    expect(loaded).toContainEqual(expect.stringMatching(/undici\/lib\/dispatcher\/client-h2\.js$/));
    expect(loaded.filter((url) => /^node:(http2|tls)$/.test(url))).toEqual([]);
  });

  it('ends in order on one signal', async () => {
    const { child, ended } = await startSim({});
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 0, signal: null });
  });
});

const oldNode = findOldNode();

describe.skipIf(oldNode === undefined)('bin/tutti.js under a Node that is too old', () => {
  const node = oldNode as string;

  it('starts itself again with its own Node and hands on the exit code', async () => {
    const { code, stdout } = await start(['--help'], { node }).ended;
    expect([code, stdout.includes('Usage: tutti')]).toEqual([0, true]);
    expect(await start(['ask'], { node }).ended).toMatchObject({ code: 2 });
  });

  it('hands on a signal that only it receives', async () => {
    const { child, ended } = await startSim({ node });
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, signal: null });
  });

  it('waits for the end when a Ctrl-C reaches both', async () => {
    const { child, ended } = await startSim({ node, ownGroup: true });
    groupSignal(child, 'SIGINT');
    expect(await ended).toMatchObject({ code: 0, signal: null });
  });

  it.skipIf(process.platform !== 'linux')(
    'does not leave the other Node behind when it is killed itself',
    async () => {
      const { child, ended } = await startSim({ node });
      const children = `/proc/${child.pid}/task/${child.pid}/children`;
      const other = Number(readFileSync(children, 'utf8').trim().split(' ')[0]);
      expect(other).toBeGreaterThan(0);
      child.kill('SIGKILL');
      // Its end closes standard output, which only the other one still holds.
      expect(await ended).toMatchObject({ signal: 'SIGKILL' });
      await expect.poll(() => existsSync(`/proc/${other}/exe`), { timeout: 2_000 }).toBe(false);
    },
  );

  it('says what is missing where there is no other Node', async () => {
    const folder = temporaryFolder();
    const copy = join(folder, 'bin', 'tutti.js');
    execFileSync('mkdir', ['-p', join(folder, 'bin')]);
    execFileSync('cp', [TUTTI, copy]);
    execFileSync('sh', ['-c', `echo '{"type":"module"}' > package.json`], { cwd: folder });
    const child = spawn(node, [copy, 'try'], { stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (bytes) => {
      stderr += bytes;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^tutti: needs Node 24 or newer, and this is \d+\.\d+\.\d+\.\n {2}.*\n$/,
    );
  });
});
