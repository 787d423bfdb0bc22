import { plainLine } from '../core/plain-text.ts';
import type { Command, CommandEntry, CommandGroup } from './command-line/command.ts';
import { spellings } from './command-line/option.ts';
import type { ParsedCommand } from './command-line/parse-command.ts';
import {
  renderCommandHelp,
  renderGroupHelp,
  renderProgramHelp,
} from './command-line/render-help.ts';
import { COMMANDS } from './commands.generated.ts';
import type { CliContext } from './context/context.ts';
import { EXIT_OK, exitCodeOf } from './context/exit-code.ts';
import { renderError } from './render/render-error.ts';
import type { ColourChoice } from './terminal/colour-choice.ts';

/** What the command line needs of the process before it knows what it is asked to do. */
export interface Host {
  /** Writes to standard output. */
  answer(text: string): void;
  /** Writes to standard error. */
  tell(text: string): void;
  /** Cells of a line of help: the terminal's, at most 100; 80 where standard output is no terminal. */
  helpWidth(): number;
  version(): string;
  openContext(options: ContextChoice): Promise<CliContext>;
}

/** The options that decide how a command meets the terminal. */
export interface ContextChoice {
  readonly color: ColourChoice | undefined;
  readonly debug: boolean;
}

/**
 * Runs one command line.
 *
 * @param words the words after `tutti`.
 * @returns the exit code; every error has been told by then.
 */
export async function runCli(
  words: readonly string[],
  host: Host,
  commands: readonly CommandEntry[] = COMMANDS,
): Promise<number> {
  try {
    return await dispatch(words, host, commands);
  } catch (error) {
    host.tell(renderError(error, words.includes('--debug')));
    return exitCodeOf(error);
  }
}

async function dispatch(
  words: readonly string[],
  host: Host,
  commands: readonly CommandEntry[],
): Promise<number> {
  const [first, ...rest] = words[0] === 'help' ? helpWords(words) : words;
  if (first === undefined || first === '--help' || first === '-h') {
    host.answer(renderProgramHelp(commands, host.helpWidth()));
    return EXIT_OK;
  }
  if (first === '--version' || first === '-V' || first === '-v') {
    host.answer(`${host.version()}\n`);
    return EXIT_OK;
  }
  const entry = commands.find(({ name }) => name === first);
  if (!entry) throw await unknownCommand(words, commands);
  return runCommand(await entry.load(), rest, host);
}

async function runCommand(named: Command | CommandGroup, given: readonly string[], host: Host) {
  const [{ chooseCommand, isGroup }, { parseCommand }] = await Promise.all([
    import('./command-line/choose-command.ts'),
    import('./command-line/parse-command.ts'),
  ]);
  const { command, words } = chooseCommand(named, given);
  if (isGroup(command)) {
    host.answer(renderGroupHelp(command, host.helpWidth()));
    return EXIT_OK;
  }
  const parsed = await parsedOrAnswered(command, words, parseCommand);
  if (parsed.help) {
    host.answer(renderCommandHelp(command, host.helpWidth()));
    return EXIT_OK;
  }
  const { color, debug } = parsed.common;
  const context = await host.openContext({ color, debug });
  try {
    return await command.run(parsed.input, context);
  } finally {
    context.close();
  }
}

/** A line that cannot be read may be one of prompto's: that is answered with what to write here. */
async function parsedOrAnswered(
  command: Command,
  words: readonly string[],
  parse: (command: Command, words: readonly string[]) => ParsedCommand,
): Promise<ParsedCommand> {
  try {
    return parse(command, words);
  } catch (error) {
    const { answerPromptoFlags } = await import('./prompto/prompto-answer.ts');
    const known = new Set(Object.values(command.options).flatMap(spellings));
    throw answerPromptoFlags(command.name, words, known) ?? error;
  }
}

/** `tutti help keys set` is `tutti keys set --help`; `tutti help help` is `tutti --help`. */
function helpWords(words: readonly string[]): readonly string[] {
  const named = words.slice(1);
  return named[0] === 'help' ? ['--help'] : [...named, '--help'];
}

async function unknownCommand(
  words: readonly string[],
  commands: readonly CommandEntry[],
): Promise<Error> {
  const { unknownWord, usageError } = await import('./command-line/usage-error.ts');
  const { answerPromptoCommand } = await import('./prompto/prompto-answer.ts');
  const answer = answerPromptoCommand(words);
  if (answer !== undefined) return answer;
  const word = words[0] ?? '';
  if (word.startsWith('-')) {
    const message = `The command comes first, options such as "${plainLine(word, 60)}" after it.`;
    return usageError(message, 'See: tutti --help');
  }
  const names = commands.map(({ name }) => name);
  return unknownWord('Command', word, names, 'See: tutti --help');
}
