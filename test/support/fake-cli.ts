import { Readable } from 'node:stream';
import { chooseCommand, isGroup } from '../../src/cli/command-line/choose-command.ts';
import type { Command, CommandGroup } from '../../src/cli/command-line/command.ts';
import { parseCommand } from '../../src/cli/command-line/parse-command.ts';
import type { CliContext } from '../../src/cli/context/context.ts';
import type { InputSource } from '../../src/cli/terminal/input-source.ts';
import type { Clock } from '../../src/core/clock.ts';
import { createEnvironment, type Engine } from '../../src/runtime/index.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeScreen } from './fake-terminal.ts';

/** What differs from an empty context in a pipe. */
export interface FakeCliOptions {
  readonly stdout?: FakeScreen;
  readonly stderr?: FakeScreen;
  /** What is piped in; undefined: standard input is a terminal. */
  readonly input?: string;
  /** What standard input is; default: a pipe, or a terminal without `input`. */
  readonly inputSource?: InputSource;
  /** Whether it takes long until something is piped in. */
  readonly isSilent?: boolean;
  /** What is typed, one line for each question; undefined: nobody can be asked. */
  readonly typed?: readonly string[];
  readonly engine?: Partial<Engine>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly workingFolder?: string;
  readonly clock?: Clock;
}

/** A context without a process, and the levers of it. */
export interface FakeCli {
  readonly context: CliContext;
  readonly stdout: FakeScreen;
  readonly stderr: FakeScreen;
  /** What was asked, with whether the answer was hidden. */
  readonly questions: { question: string; hidden: boolean }[];
  /** Does as Ctrl-C does. */
  interrupt(): void;
}

/** Runs a command with words as a user writes them; gives its exit code. */
export async function runWords(
  named: Command | CommandGroup,
  given: readonly string[],
  context: CliContext,
): Promise<number> {
  const { command, words } = chooseCommand(named, given);
  if (isGroup(command)) throw new Error('only the help was asked for');
  const parsed = parseCommand(command, words);
  if (parsed.help) throw new Error('only the help was asked for');
  return command.run(parsed.input, context);
}

/** Makes a context of fakes. */
export function createFakeCli(options: FakeCliOptions = {}): FakeCli {
  const stdout = options.stdout ?? new FakeScreen();
  const stderr = options.stderr ?? new FakeScreen();
  const drain = new AbortController();
  const stop = new AbortController();
  const questions: FakeCli['questions'] = [];
  const typed = [...(options.typed ?? [])];
  const context: CliContext = {
    stdout: stdout,
    stderr: stderr,
    keyboard: {
      isTerminal: options.input === undefined,
      source: options.inputSource ?? (options.input === undefined ? 'terminal' : 'pipe'),
      canAsk: options.typed !== undefined,
      readAll: async (silence) =>
        options.isSilent && silence?.onSilence() === 'leave' ? '' : (options.input ?? ''),
      openBytes: () => Readable.from([Buffer.from(options.input ?? '')]),
      askLine: async (question, { hidden = false } = {}) => {
        questions.push({ question, hidden });
        return typed.shift() ?? '';
      },
    },
    listenToInterrupts: () => ({
      drain: drain.signal,
      stop: stop.signal,
      get interrupted() {
        return drain.signal.aborted;
      },
    }),
    environment: createEnvironment(options.variables ?? {}),
    clock: options.clock ?? new FakeClock(),
    workingFolder: options.workingFolder ?? '/nowhere',
    openEngine: async () =>
      ({ [Symbol.asyncDispose]: async () => {}, ...options.engine }) as Engine,
    debug: false,
    close() {},
  };
  const interrupt = () => (drain.signal.aborted ? stop.abort() : drain.abort());
  return { context, stdout, stderr, questions, interrupt };
}
