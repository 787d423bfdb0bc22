import { Worker } from 'node:worker_threads';
import type { Clock } from '../../core/clock.ts';
import { isJsonObject } from '../../core/json.ts';
import { messageOf } from '../../core/thrown-message.ts';
import type { StrategyMessage, StrategyOrder } from './strategy-messages.ts';

/** How a strategy's file is run. */
export interface StrategyThreadOptions {
  readonly path: string;
  readonly clock: Clock;
  /** Receives what it prints. Default: it is lost. */
  readonly onOutput?: ((text: string) => void) | undefined;
  /** Longest time for each of its functions, in milliseconds; default 10 s. */
  readonly timeoutMs?: number | undefined;
  /** Longest time for loading it, in milliseconds; default 10 s. */
  readonly loadTimeoutMs?: number | undefined;
}

type Asked = Extract<StrategyMessage, { readonly ask: number }>;
type Reply = Exclude<StrategyMessage, Asked>;

/** Makes a call that the strategy asks for, and answers it. */
export type OnAsk = (asked: Asked) => Promise<Extract<StrategyOrder, { readonly asked: number }>>;

const TIMEOUT_MS = 10_000;

/**
 * A strategy of the user's own in a thread, since it may be anybody's code: one that hangs, even in a loop that never
 * yields, or ends its thread, fails what it was asked, and everything afterwards.
 */
export class StrategyThread {
  readonly #options: StrategyThreadOptions;
  readonly #worker: Worker;
  /** Orders go one after the other, so that it is known which one hangs. */
  #turn: Promise<unknown>;
  #ended: string | undefined;
  #onMessage: (message: StrategyMessage) => void = () => {};
  #onEnd: (why: string) => void = () => {};

  private constructor(options: StrategyThreadOptions) {
    this.#options = options;
    const { path, onOutput = () => {} } = options;
    this.#worker = new Worker(workerFile(), { workerData: { path }, stdout: true, stderr: true });
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) {
      stream.setEncoding('utf8').on('data', onOutput);
    }
    this.#worker.on('message', (message: unknown) => {
      // Whatever else the file's code sends.
      if (isJsonObject(message)) this.#onMessage(message as unknown as StrategyMessage);
    });
    this.#worker.on('error', (error: unknown) =>
      this.#end(`it ended its thread: ${messageOf(error)}`),
    );
    this.#worker.on('exit', () => setImmediate(() => this.#end('it ended its thread')));
    this.#turn = Promise.resolve();
  }

  /** Starts the thread, and gives what it says of the strategy in the file. */
  static async open(
    options: StrategyThreadOptions,
  ): Promise<{ readonly thread: StrategyThread; readonly first: Reply }> {
    const thread = new StrategyThread(options);
    const first = await thread.#inTurn(() => thread.#reply(undefined, undefined));
    if (!('loaded' in first)) await thread.close();
    return { thread, first };
  }

  /** Orders something. @returns what came of it; a problem where it took too long, too */
  order(order: StrategyOrder, onAsk?: OnAsk): Promise<Reply> {
    return this.#inTurn(() => this.#reply(order, onAsk));
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    this.#end('its thread was ended');
    await this.#worker.terminate();
  }

  #inTurn(act: () => Promise<Reply>): Promise<Reply> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  #end(why: string): void {
    this.#ended ??= why;
    this.#onEnd(this.#ended);
  }

  /** Waits for the reply to an order; while a model is asked no time passes. */
  #reply(order: StrategyOrder | undefined, onAsk: OnAsk | undefined): Promise<Reply> {
    if (this.#ended !== undefined) return Promise.resolve({ problem: this.#ended });
    const { clock } = this.#options;
    const { timeoutMs: forCall, loadTimeoutMs: forLoad } = this.#options;
    const timeoutMs = (order === undefined ? forLoad : forCall) ?? TIMEOUT_MS;
    return new Promise<Reply>((resolve, reject) => {
      let cancel = () => {};
      let asking = 0;
      const settle = (how: () => void) => {
        cancel();
        this.#onMessage = () => {};
        this.#onEnd = () => {};
        // A thread that nobody waits for keeps no program alive.
        this.#worker.unref();
        how();
      };
      const end = (reply: Reply) => settle(() => resolve(reply));
      const wait = () => {
        cancel();
        cancel = clock.after(timeoutMs, () => {
          this.#end(`it took longer than ${timeoutMs / 1000} s`);
          void this.#worker.terminate();
        });
      };
      this.#worker.ref();
      this.#onEnd = (problem) => end({ problem });
      this.#onMessage = (message) => {
        if (!('ask' in message)) end(message);
        else if (onAsk === undefined) end({ problem: 'it asks a model outside of select()' });
        else {
          cancel();
          asking++;
          onAsk(message).then(
            (answered) => {
              if (--asking === 0) wait();
              this.#worker.postMessage(answered);
            },
            (error: unknown) => settle(() => reject(error)),
          );
        }
      };
      wait();
      if (order !== undefined) this.#worker.postMessage(order);
    });
  }
}

/** The thread's program: beside this file in the source, an entry of its own in the bundle. */
function workerFile(): URL {
  const name = import.meta.url.endsWith('.ts')
    ? './strategy-worker.ts'
    : '../runtime/strategy-worker.js';
  return new URL(name, import.meta.url);
}
