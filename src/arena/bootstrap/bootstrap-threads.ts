import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { TuttiError } from '../../core/tutti-error.ts';
import {
  type BootstrapJob,
  type BootstrapRounds,
  bootstrapRounds,
  joinRounds,
} from '../../ranking/index.ts';
import { shareColumns } from './share-columns.ts';

/** The rounds `from` to `to - 1`. */
export interface RoundRange {
  readonly from: number;
  readonly to: number;
}

/** What a thread says: rounds done since the last time, and the results at the end of a range. */
export interface WorkerMessage {
  readonly from: number;
  readonly done: number;
  readonly rounds?: BootstrapRounds;
}

/** How rounds are run. */
export interface ThreadOptions {
  /** Threads, 1 or more; default one for each core, at most 8. The results do not depend on it. */
  readonly threads?: number | undefined;
  /** Is told how many rounds are done in all. */
  readonly onProgress?: ((done: number) => void) | undefined;
  /** Ends the threads. */
  readonly signal?: AbortSignal | undefined;
}

const MAX_THREADS = 8;
const RANGES_PER_THREAD = 4;
/** Below so many steps (rounds x (cells + rows + items²)) a thread takes longer to start than to work. */
const FEW_STEPS = 2_000_000;

/**
 * Runs all rounds of a bootstrap in threads; a small job in this one.
 *
 * @returns the rounds in order.
 * @throws TuttiError `interrupted` when the signal ends it.
 */
export async function runBootstrap(
  job: BootstrapJob,
  { threads, onProgress = () => {}, signal }: ThreadOptions = {},
): Promise<BootstrapRounds> {
  const { rounds } = job.options;
  if (threads === undefined && stepsOf(job) < FEW_STEPS) {
    return bootstrapRounds(job, 0, rounds, onProgress);
  }
  const count = Math.max(
    1,
    Math.min(threads ?? Math.min(availableParallelism(), MAX_THREADS), rounds),
  );
  const ranges = splitRounds(rounds, count * RANGES_PER_THREAD);
  const results = new Map<number, BootstrapRounds>();
  const shared = shareColumns(job);
  let next = 0;
  let done = 0;
  await Promise.all(
    Array.from({ length: Math.min(count, ranges.length) }, () =>
      runThread(shared, {
        next: () => ranges[next++],
        take: (message) => {
          done += message.done;
          if (message.rounds !== undefined) results.set(message.from, message.rounds);
          onProgress(done);
        },
        signal,
      }),
    ),
  );
  return joinRounds(ranges.map(({ from }) => results.get(from)!));
}

function stepsOf({ games, rows, items, options }: BootstrapJob): number {
  return options.rounds * (3 * (games?.count ?? 0) + (rows?.table.rows ?? 0) + items * items);
}

function splitRounds(rounds: number, parts: number): RoundRange[] {
  const size = Math.max(1, Math.ceil(rounds / parts));
  return Array.from({ length: Math.ceil(rounds / size) }, (_, part) => ({
    from: part * size,
    to: Math.min(rounds, (part + 1) * size),
  }));
}

interface Orders {
  next(): RoundRange | undefined;
  take(message: WorkerMessage): void;
  readonly signal: AbortSignal | undefined;
}

async function runThread(job: BootstrapJob, orders: Orders): Promise<void> {
  const worker = new Worker(workerFile(), { workerData: job });
  const { signal } = orders;
  let onAbort = () => {};
  try {
    await new Promise<void>((resolve, reject) => {
      onAbort = () => reject(new TuttiError('interrupted', 'The bootstrap was interrupted.'));
      signal?.addEventListener('abort', onAbort, { once: true });
      if (signal?.aborted) onAbort();
      const proceed = () => {
        const range = orders.next();
        if (range === undefined) resolve();
        else worker.postMessage(range);
      };
      worker.on('error', reject);
      worker.on('exit', (code) => reject(endedEarly(code)));
      worker.on('message', (message: WorkerMessage) => {
        orders.take(message);
        if (message.rounds !== undefined) proceed();
      });
      proceed();
    });
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
}

function endedEarly(code: number): TuttiError {
  return new TuttiError('internal_error', `A thread of the bootstrap ended with code ${code}.`);
}

/** The thread's program: beside this file in the source, an entry of its own in the bundle. */
function workerFile(): URL {
  const name = import.meta.url.endsWith('.ts')
    ? './bootstrap-worker.ts'
    : '../arena/bootstrap-worker.js';
  return new URL(name, import.meta.url);
}
