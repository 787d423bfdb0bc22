import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const HERE = import.meta.dirname;
const ROOT = join(HERE, '..');

/** How a finished process did. */
export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly wallMs: number;
  /** Peak resident memory in MiB. */
  readonly peakMb: number;
  /** Processor time of all its threads, to a tenth of a second: what other programs do not change much. */
  readonly cpuSeconds: number;
  /** What it has read from files and sockets, in MB. */
  readonly readMb: number;
}

/** A benchmark's server, in a process of its own. */
export interface BareServer {
  readonly url: string;
  counts(): Promise<Record<string, number>>;
  close(): Promise<void>;
}

/** Starts the bare server; see bare-server.ts for its settings. */
export function startBareServer(settings: object = {}): Promise<BareServer> {
  return startServer('bare-server.ts', settings);
}

/** Starts a server of a file beside this one; see there for its settings. */
export async function startServer(program: string, settings: object): Promise<BareServer> {
  const child = spawn(process.execPath, [join(HERE, program), JSON.stringify(settings)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  const url = `http://127.0.0.1:${line.toString().trim()}`;
  return {
    url,
    counts: async () => (await (await fetch(`${url}/`)).json()) as Record<string, number>,
    close: async () => {
      child.stdin!.end();
      await once(child, 'exit');
    },
  };
}

/** Runs a Node program to its end. */
export async function runNode(
  args: readonly string[],
  options: { readonly env?: Record<string, string>; readonly cwd?: string } = {},
): Promise<Finished> {
  const startMs = performance.now();
  const child = startNode(args, options);
  const watch = watchMemory(child);
  const output = Promise.all([text(child.stdout!), text(child.stderr!)]);
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  const wallMs = performance.now() - startMs;
  const [stdout, stderr] = await output;
  return { exitCode, stdout, stderr, wallMs, ...watch() };
}

/**
 * Runs a Node program to its end and returns the processor time of all its threads in seconds, as the system
 * accounts for it.
 *
 * @throws when it fails
 */
export async function cpuOfNode(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<number> {
  const words = ['-c', '"$@" >&2 || exit 1; times', 'sh', process.execPath, ...args];
  const child = spawn('sh', words, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.resume();
  const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (exitCode !== 0) throw new Error(`node ${args.join(' ')} failed`);
  // The second line is that of the children: `0m1.230000s 0m0.450000s`.
  const times = [
    ...output
      .trim()
      .split('\n')[1]!
      .matchAll(/(\d+)m([\d.]+)s/g),
  ];
  return times.reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}

/** Starts a Node program and lets it run. */
export function startNode(
  args: readonly string[],
  options: { readonly env?: Record<string, string>; readonly cwd?: string } = {},
): ChildProcess {
  return spawn(process.execPath, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The command line from source, with a home of its own so that no settings of this machine count. */
export const TUTTI = join(ROOT, 'src/cli/main.ts');
/** What users of a checkout run: the source, with the compile cache. */
export const TUTTI_BIN = join(ROOT, 'bin/tutti.js');
/** The bundled command line. */
export const TUTTI_DIST = join(ROOT, 'dist/cli/main.js');

/** Kernel ticks in a second, as /proc counts them. */
const TICKS = 100;

/**
 * Runs an experiment to its end from dist, with a home and an output folder of its own.
 *
 * @throws when not every call was answered
 */
export async function runExperiment(
  file: string,
  folder: string,
  ...options: string[]
): Promise<Finished> {
  const args = [TUTTI_DIST, 'run', file, '-o', join(folder, 'out'), '--new', '--quiet', ...options];
  const run = await runNode(args, { env: { TUTTI_HOME: join(folder, 'home') } });
  if (run.exitCode !== 0) throw new Error(`tutti run failed: ${run.stderr}`);
  return run;
}

/** Reads the kernel's high-water mark and processor time, ten times a second, until the process ends. */
function watchMemory(
  child: ChildProcess,
): () => Pick<Finished, 'peakMb' | 'cpuSeconds' | 'readMb'> {
  let peakMb = 0;
  let cpuSeconds = 0;
  let readMb = 0;
  const look = () => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const kilobytes = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0);
      peakMb = Math.max(peakMb, kilobytes / 1024);
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      cpuSeconds = (Number(fields[11]) + Number(fields[12])) / TICKS;
      const io = readFileSync(`/proc/${child.pid}/io`, 'utf8');
      readMb = Number(/rchar: (\d+)/.exec(io)?.[1] ?? 0) / 1e6;
    } catch {
      // The process has ended.
    }
  };
  const timer = setInterval(look, 100);
  return () => {
    clearInterval(timer);
    return { peakMb, cpuSeconds, readMb };
  };
}
