import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
/** Hundreds of short processes compile the same files: they keep what the first has compiled. */
const COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/tests', import.meta.url));
const REPORT_MEMORY = new URL('./report-peak-memory.ts', import.meta.url).href;

/** How the command line is started. Nothing of this process's own environment is handed on. */
export interface TuttiOptions {
  /** Working folder; everything else is below it unless told otherwise. */
  readonly cwd: string;
  /** Further variables; undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Standard input; default: empty. */
  readonly input?: string | Buffer;
  /** A file descriptor for standard output, such as that of `/dev/full`; default: a pipe. */
  readonly stdout?: number;
  /** A program and its words that run the command line, such as `/usr/bin/strace -f`. */
  readonly under?: readonly string[];
  /** A module that is loaded before the program. */
  readonly preload?: string;
  /** Measures the peak of the memory in use. */
  readonly measureMemory?: boolean;
}

/** How a command line ended. */
export interface TuttiResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly elapsedMs: number;
  /** 0 unless it was to be measured. */
  readonly peakMemoryBytes: number;
}

/** A command line that runs as a process of its own. */
export interface TuttiProcess {
  readonly pid: number;
  readonly child: ChildProcess;
  /** Resolves when it has ended, however it did. */
  readonly done: Promise<TuttiResult>;
  /** What it has written to standard error so far. */
  stderr(): string;
  kill(signal: NodeJS.Signals): void;
}

const running = new Set<ChildProcess>();

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts the command line; whatever still runs after the test is killed. */
export function startTutti(words: readonly string[], options: TuttiOptions): TuttiProcess {
  const { cwd, env = {}, input = '', stdout = 'pipe', measureMemory = false } = options;
  const preload = measureMemory ? REPORT_MEMORY : options.preload;
  const memoryFile = join(cwd, `.memory-${performance.now()}`);
  const startMs = performance.now();
  const line = [
    ...(options.under ?? []),
    process.execPath,
    ...(preload === undefined ? [] : ['--import', preload]),
    MAIN,
    ...words,
  ];
  const child = spawn(line[0]!, line.slice(1), {
    cwd,
    stdio: ['pipe', stdout, 'pipe'],
    env: {
      PATH: dirname(process.execPath),
      HOME: join(cwd, '.home'),
      TUTTI_HOME: join(cwd, '.home', 'tutti'),
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      ...(measureMemory && { PEAK_MEMORY_FILE: memoryFile }),
      ...env,
    },
  });
  running.add(child);
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout?.on('data', (bytes: Buffer) => out.push(bytes));
  child.stderr!.on('data', (bytes: Buffer) => errors.push(bytes));
  child.stdin!.on('error', () => {});
  child.stdin!.end(input);
  const done = new Promise<TuttiResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      running.delete(child);
      resolve({
        code,
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(errors).toString(),
        elapsedMs: performance.now() - startMs,
        peakMemoryBytes: measureMemory ? Number(readFileSync(memoryFile, 'utf8')) : 0,
      });
    });
  });
  return {
    pid: child.pid!,
    child,
    done,
    stderr: () => Buffer.concat(errors).toString(),
    kill: (signal) => child.kill(signal),
  };
}

/** Runs the command line to its end. */
export function tutti(words: readonly string[], options: TuttiOptions): Promise<TuttiResult> {
  return startTutti(words, options).done;
}
