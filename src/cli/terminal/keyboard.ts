import { Readable } from 'node:stream';
import type { Clock } from '../../core/clock.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { InputSource } from './input-source.ts';

/** What is done about a standard input from which nothing comes. */
export interface SilenceRules {
  readonly clock: Clock;
  /** In milliseconds. */
  readonly afterMs: number;
  /** Told once nothing has come for so long; `leave` ends the reading with nothing. */
  readonly onSilence: () => 'wait' | 'leave';
}

/** Standard input. */
export interface Keyboard {
  readonly isTerminal: boolean;
  readonly source: InputSource;
  /** True when a question can be asked: a terminal on both sides and no continuous integration. */
  readonly canAsk: boolean;
  /** Reads everything to the end, as UTF-8; default: it waits for as long as it takes. */
  readAll(silence?: SilenceRules): Promise<string>;
  /** Everything as bytes, of any length, as they come. */
  openBytes(): Readable;
  /**
   * Asks for one line; what is typed is not shown when `hidden`.
   *
   * @throws TuttiError `interrupted` on Ctrl-C or Ctrl-D.
   */
  askLine(question: string, options?: { readonly hidden?: boolean }): Promise<string>;
}

/** The parts of `process.stdin` that a keyboard uses. */
export interface InputStream extends AsyncIterable<Uint8Array | string> {
  readonly isTTY?: boolean | undefined;
  setRawMode?(raw: boolean): unknown;
  on(event: 'data', listener: (bytes: Uint8Array | string) => void): unknown;
  off(event: 'data', listener: (bytes: Uint8Array | string) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** The most that standard input may hold where it is read whole, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Makes a keyboard of standard input; questions are written by `write`. */
export function createKeyboard(
  stream: InputStream,
  options: {
    readonly source: InputSource;
    readonly mayAsk: boolean;
    readonly write: (text: string) => void;
  },
): Keyboard {
  const isTerminal = stream.isTTY === true;
  return {
    isTerminal,
    canAsk: isTerminal && options.mayAsk,
    source: options.source,
    readAll: (silence) => readAll(stream, silence),
    openBytes: () => Readable.from(stream, { objectMode: false }),
    askLine: (question, { hidden = false } = {}) => {
      options.write(question);
      return readLine(stream, hidden ? () => {} : options.write).finally(() => {
        options.write('\n');
      });
    },
  };
}

async function readAll(stream: InputStream, silence?: SilenceRules): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream[Symbol.asyncIterator]();
  let next = await firstOf(reader, silence);
  for (; next !== 'left' && !next.done; next = await reader.next()) {
    const { value } = next;
    const bytes = typeof value === 'string' ? Buffer.from(value) : value;
    length += bytes.length;
    if (length > MAX_BYTES) {
      throw new TuttiError('bad_input', 'Standard input holds more than 64 MiB.', {
        hint: 'For many prompts, give them as a file: tutti run FILE',
      });
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

type Chunk = IteratorResult<Uint8Array | string>;

/** Waits for what comes first; `left` when nothing came and it is not to be waited for. */
async function firstOf(
  reader: AsyncIterator<Uint8Array | string>,
  silence: SilenceRules | undefined,
): Promise<Chunk | 'left'> {
  const first = reader.next();
  if (silence === undefined) return first;
  let cancel = () => {};
  const left = new Promise<'left'>((resolve) => {
    cancel = silence.clock.after(silence.afterMs, () => {
      if (silence.onSilence() === 'leave') resolve('left');
    });
  });
  // What comes, or breaks, after it was left is not looked at.
  return Promise.race([first, left]).finally(cancel);
}

/** Reads one line key by key, so that nothing is shown but what `echo` gets. */
function readLine(stream: InputStream, echo: (text: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let line = '';
    const end = () => {
      stream.off('data', onData);
      stream.setRawMode?.(false);
      stream.pause();
    };
    const onData = (bytes: Uint8Array | string) => {
      for (const key of Buffer.from(bytes).toString('utf8')) {
        if (key === '\r' || key === '\n') {
          end();
          return resolve(line);
        }
        if (key === '\x03' || key === '\x04') {
          end();
          return reject(new TuttiError('interrupted', 'Nothing was entered.'));
        }
        if (key === '\x7f' || key === '\b') {
          if (line !== '') echo('\b \b');
          line = Array.from(line).slice(0, -1).join('');
        } else if (key >= ' ') {
          line += key;
          echo(key);
        }
      }
    };
    stream.setRawMode?.(true);
    stream.on('data', onData);
    stream.resume();
  });
}
