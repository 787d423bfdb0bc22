import { Worker } from 'node:worker_threads';
import type { Clock } from '../../core/clock.ts';
import { messageOf } from '../../core/thrown-message.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { RecordScore, ScorerSource } from './record-score.ts';
import type { PreparedSource, ScoreOrder, ThreadData, ThreadMessage } from './thread-messages.ts';

/** How scorers are run. */
export interface ScoreThreadOptions {
  readonly sources: readonly ScorerSource[];
  /** The folder from which paths in arguments count. */
  readonly folder: string;
  readonly clock: Clock;
  /** Longest time for a record, in milliseconds; default 10 s. Records that are scored together have six times that. */
  readonly timeoutMs?: number;
  /** Ends it all at once; default never. */
  readonly signal?: AbortSignal;
  /** Receives what scorers print. Default: it is lost. */
  readonly onOutput?: ((text: string) => void) | undefined;
}

const TIMEOUT_MS = 10_000;
const TOGETHER = 6;
const PATIENCE_MS = 1_000;
/** A classifier may be large. */
const PREPARE_MS = 120_000;
/** Records that may hang before their scorer is asked no more: with 10 s each, a long run would never end. */
const MOST_HUNG = 5;
/** What scores leave behind is small: more of it than this is collected. */
const YOUNG_MB = 16;
/** How many records `scoreBatch` is given. */
const BATCH_RECORDS = 32;

/** A thread that ended while it had an order: it hung, or died. */
class ThreadEnd extends Error {}

/**
 * Scorers in a thread of their own, since they may be anybody's code: one that hangs, even in a loop that never
 * yields, or ends its thread, costs its record the score, and a new thread goes on.
 */
export class ScoreThread {
  readonly #options: ScoreThreadOptions;
  readonly #hung: number[];
  #worker: Worker | undefined;
  #prepared: readonly PreparedSource[] = [];
  #onMessage: (message: ThreadMessage) => void = () => {};
  #onEnd: (error: Error) => void = () => {};

  private constructor(options: ScoreThreadOptions) {
    this.#options = options;
    this.#hung = options.sources.map(() => 0);
  }

  /**
   * Prepares all scorers.
   *
   * @throws TuttiError `bad_usage` with everything that is wrong with any of them
   */
  static async open(options: ScoreThreadOptions): Promise<ScoreThread> {
    const thread = new ScoreThread(options);
    try {
      await thread.#start();
    } catch (error) {
      await thread.close();
      throw error;
    }
    return thread;
  }

  /** Scores records, JSON texts, by the scorer of that place. */
  async score(scorer: number, records: readonly string[]): Promise<RecordScore[]> {
    const { sources } = this.#options;
    if (sources[scorer] === undefined) throw new RangeError(`there is no scorer ${scorer}`);
    const scores: RecordScore[] = [];
    let isAlone = false;
    while (scores.length < records.length) {
      if (this.#hung[scorer]! >= MOST_HUNG) {
        scores.push({
          value: null,
          error: `not asked any more, since ${MOST_HUNG} records ended it`,
        });
        continue;
      }
      const rest = records.slice(scores.length, scores.length + this.#batch(scorer, isAlone));
      const error = await this.#ask({ scorer, records: rest }, scores);
      if (error === undefined) continue;
      if (rest.length > 1 && this.#modeOf(scorer) !== 'each') isAlone = true;
      else {
        this.#hung[scorer]!++;
        scores.push({ value: null, error });
      }
    }
    return scores;
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    // Code that is stuck in the system, such as in a program that it started, is not waited for.
    worker?.unref();
    let cancel = () => {};
    const patience = new Promise<void>((resolve) => {
      cancel = this.#options.clock.after(PATIENCE_MS, resolve);
    });
    await Promise.race([worker?.terminate(), patience]);
    cancel();
  }

  #modeOf(scorer: number) {
    const prepared = this.#prepared[scorer];
    return prepared !== undefined && 'mode' in prepared ? prepared.mode : 'each';
  }

  #batch(scorer: number, isAlone: boolean): number {
    if (isAlone) return 1;
    return this.#modeOf(scorer) === 'batch' ? BATCH_RECORDS : Number.POSITIVE_INFINITY;
  }

  /** Adds the scores of an order as they come. @returns why it ended before all came */
  async #ask(order: ScoreOrder, scores: RecordScore[]): Promise<string | undefined> {
    const { timeoutMs = TIMEOUT_MS } = this.#options;
    const isTogether = order.records.length > 1 && this.#modeOf(order.scorer) === 'batch';
    const limitMs = isTogether ? TOGETHER * timeoutMs : timeoutMs;
    try {
      if (this.#worker === undefined) await this.#start();
      const worker = this.#worker!;
      let left = order.records.length;
      await this.#until(
        limitMs,
        (message) => {
          if (!('scores' in message)) return false;
          scores.push(...message.scores);
          left -= message.scores.length;
          return left <= 0;
        },
        () => worker.postMessage(order),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof ThreadEnd)) throw error;
      await this.close();
      return error.message;
    }
  }

  async #start(): Promise<void> {
    const { sources, folder, onOutput = () => {} } = this.#options;
    const workerData: ThreadData = { sources, folder };
    const worker = new Worker(workerFile(), {
      ...{ workerData, stdout: true, stderr: true },
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#worker = worker;
    for (const stream of [worker.stdout, worker.stderr]) {
      stream.setEncoding('utf8').on('data', onOutput);
    }
    // A thread that was given up may still end, or even speak, while the next one works.
    const own = <Given>(handle: (given: Given) => void) => {
      return (given: Given) => {
        if (this.#worker === worker) handle(given);
      };
    };
    // Scores that it sent before come by another way, and may come after.
    const ended = (why = '') =>
      setImmediate(
        own(() => {
          // One that ended with nothing to do is not asked any more.
          this.#worker = undefined;
          this.#onEnd(new ThreadEnd(`it ended its thread${why}`));
        }),
        undefined,
      );
    worker.on(
      'message',
      own((message: ThreadMessage) => this.#onMessage(message)),
    );
    worker.on(
      'error',
      own((error: unknown) => ended(`: ${messageOf(error)}`)),
    );
    worker.on(
      'exit',
      own(() => ended()),
    );
    try {
      await this.#until(PREPARE_MS, (message) => {
        if ('prepared' in message) this.#prepared = message.prepared;
        return 'prepared' in message;
      });
    } catch (error) {
      if (!(error instanceof ThreadEnd)) throw error;
      throw new TuttiError('bad_usage', `The scorers cannot be prepared: ${error.message}`);
    }
    this.#refuseProblems();
  }

  #refuseProblems(): void {
    const { sources } = this.#options;
    const problems = this.#prepared.flatMap((one, at) =>
      'problem' in one ? [{ ...one, source: sources[at]! }] : [],
    );
    if (problems.length === 0) return;
    const lines = problems.map(({ source, problem }) => `--score ${nameOf(source)}: ${problem}`);
    const hint = problems.find((one) => one.hint !== undefined)?.hint;
    throw new TuttiError('bad_usage', lines.join('\n'), { hint });
  }

  /** Waits until a message is the last one; each has its own time. */
  #until(
    limitMs: number,
    isLast: (message: ThreadMessage) => boolean,
    begin: () => void = () => {},
  ): Promise<void> {
    const { clock, signal } = this.#options;
    return new Promise<void>((resolve, reject) => {
      let cancel = () => {};
      const end = (settle: () => void) => {
        cancel();
        signal?.removeEventListener('abort', onAbort);
        this.#onMessage = () => {};
        this.#onEnd = () => {};
        settle();
      };
      const onAbort = () =>
        end(() => reject(new TuttiError('interrupted', 'Scoring was interrupted.')));
      const wait = () => {
        const seconds = limitMs / 1000;
        const error = new ThreadEnd(`it took longer than ${seconds} s`);
        cancel = clock.after(limitMs, () => end(() => reject(error)));
      };
      this.#onEnd = (error) => end(() => reject(error));
      this.#onMessage = (message) => {
        cancel();
        if (isLast(message)) end(resolve);
        else wait();
      };
      wait();
      signal?.addEventListener('abort', onAbort, { once: true });
      if (signal?.aborted) onAbort();
      else begin();
    });
  }
}

function nameOf({ name, path, argument }: ScorerSource): string {
  return name === null ? (path ?? '') : `${name}${argument === '' ? '' : `:${argument}`}`;
}

/** The thread's program: beside this file in the source, an entry of its own in the bundle. */
function workerFile(): URL {
  const name = import.meta.url.endsWith('.ts')
    ? './score-worker.ts'
    : '../experiment/score-worker.js';
  return new URL(name, import.meta.url);
}
