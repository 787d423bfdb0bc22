import { watch } from 'node:fs';
import type { Clock } from '../../core/clock.ts';
import type { TuttiError } from '../../core/tutti-error.ts';
import type { RunOutcome } from '../../run/index.ts';
import type { ReadyRun } from '../runs/ready-run.ts';
import type { NextRun } from './next-run.ts';
import { isOfRun } from './own-errors.ts';
import type { WatchListener, WatchOutcome } from './watch-listener.ts';

/** Runs at once. */
const AT_ONCE = 2;
/** The folder is looked at so often even if the system tells of no change. */
const LOOK_MS = 5_000;
/** A file that is being written tells of itself thousands of times a second. */
const AFTER_CHANGE_MS = 200;

/** What a watch is made of. */
export interface WatcherOptions {
  readonly input: string;
  readonly next: NextRun;
  readonly clock: Clock;
  /** True ends it when nothing waits and nothing runs. */
  readonly once: boolean;
  readonly listener: Pick<WatchListener, 'onRunStart' | 'onProgress' | 'onRunEnd'>;
  /** Told of a run that could not be executed. */
  readonly onLeft: (folder: string, error: TuttiError) => void;
  /** When aborted, no further run begins, no new call starts, and those in flight finish. */
  readonly drain: AbortSignal;
  /** When aborted, everything stops at once. */
  readonly signal: AbortSignal;
}

/** Runs what comes, two at once where they share no limiter, until it is told to stop or nothing is left. */
export class Watcher {
  readonly #options: WatcherOptions;
  readonly #running = new Map<ReadyRun, Promise<void>>();
  /** Prepared, and waiting for limiters that a run has. */
  #waiting: ReadyRun | undefined;
  /** Drains the runs when the watch itself cannot go on. */
  readonly #failing = new AbortController();
  readonly #drain: AbortSignal;
  #broken: { readonly error: unknown } | undefined;
  #isWoken = false;
  #endSleep: () => void = () => {};
  #counts = { runs: 0, imperfect: 0 };

  constructor(options: WatcherOptions) {
    this.#options = options;
    this.#drain = AbortSignal.any([options.drain, this.#failing.signal]);
  }

  /** @throws what stopped it: a full disk, settings that cannot be used. What was answered is safe. */
  async run(): Promise<Pick<WatchOutcome, 'state' | 'runs' | 'imperfect'>> {
    const { once, next, drain } = this.#options;
    const stopWatching = this.#watchFolder();
    const onDrain = () => this.#wake();
    this.#drain.addEventListener('abort', onDrain);
    try {
      for (;;) {
        await this.#fill();
        const isIdle = this.#running.size === 0 && this.#waiting === undefined;
        if (this.#running.size === 0 && this.#drain.aborted) break;
        if (once && isIdle && next.isEmpty) break;
        await this.#sleep();
      }
    } finally {
      stopWatching();
      this.#drain.removeEventListener('abort', onDrain);
      await this.#waiting?.discard();
    }
    if (this.#broken) throw this.#broken.error;
    return { ...this.#counts, state: drain.aborted ? 'interrupted' : 'empty' };
  }

  /** Starts what can be started. */
  async #fill(): Promise<void> {
    const { next } = this.#options;
    try {
      while (this.#running.size < AT_ONCE && !this.#drain.aborted) {
        if (this.#waiting === undefined) {
          await next.look();
          this.#waiting = await next.take();
        }
        const run = this.#waiting;
        // It goes on from its folder another time.
        if (run === undefined || this.#drain.aborted || this.#sharesLimiter(run)) return;
        this.#waiting = undefined;
        this.#start(run);
      }
    } catch (error) {
      this.#break(error);
    }
  }

  #sharesLimiter({ limiters }: ReadyRun): boolean {
    const taken = new Set([...this.#running.keys()].flatMap((run) => run.limiters));
    return limiters.some((name) => taken.has(name));
  }

  #start(run: ReadyRun): void {
    const ended = this.#execute(run)
      .catch((error: unknown) => this.#break(error))
      .finally(() => {
        this.#running.delete(run);
        this.#wake();
      });
    this.#running.set(run, ended);
  }

  async #execute(run: ReadyRun): Promise<void> {
    const { clock, listener, signal, onLeft } = this.#options;
    const startMs = clock.monotonicMs();
    listener.onRunStart?.(run);
    let outcome: RunOutcome;
    try {
      outcome = await run.execute({
        drain: this.#drain,
        signal,
        onStart: (progress) => listener.onProgress?.(run, progress),
      });
    } catch (error) {
      if (!isOfRun(error)) throw error;
      onLeft(run.folder, error);
      return;
    }
    this.#counts.runs++;
    const { state, failed, unwritten = [] } = outcome;
    if (state !== 'finished' || failed > 0 || unwritten.length > 0) this.#counts.imperfect++;
    listener.onRunEnd?.(run, outcome, clock.monotonicMs() - startMs);
  }

  #break(error: unknown): void {
    this.#broken ??= { error };
    this.#failing.abort();
  }

  /** Waits for a change, the end of a run, or the time at which a file may stand still. */
  #sleep(): Promise<void> {
    const { clock, next } = this.#options;
    const dueMs = next.nextSettledMs();
    const delayMs = dueMs === undefined ? LOOK_MS : dueMs - clock.monotonicMs();
    return new Promise<void>((resolve) => {
      const wait = Math.min(LOOK_MS, Math.max(0, delayMs));
      const cancel = clock.after(wait, () => this.#wake());
      this.#endSleep = () => {
        cancel();
        resolve();
      };
      // Something may have happened since it was last looked at.
      if (this.#isWoken) this.#wake();
    }).then(() => {
      this.#isWoken = false;
    });
  }

  #wake(): void {
    this.#isWoken = true;
    this.#endSleep();
  }

  /** Where the system cannot tell of changes, the folder is only looked at. */
  #watchFolder(): () => void {
    let cancel: (() => void) | undefined;
    const onChange = () => {
      cancel ??= this.#options.clock.after(AFTER_CHANGE_MS, () => {
        cancel = undefined;
        this.#wake();
      });
    };
    try {
      const watcher = watch(this.#options.input, onChange);
      watcher.on('error', () => watcher.close());
      return () => {
        cancel?.();
        watcher.close();
      };
    } catch {
      return () => cancel?.();
    }
  }
}
