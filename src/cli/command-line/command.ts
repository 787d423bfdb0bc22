import type { CliContext } from '../context/context.ts';
import { withNamedFlags } from './named-flags.ts';
import type { OptionDefinition, OptionTable } from './option.ts';

/** One word of a command line that is no option. */
interface ArgumentDefinition {
  /** Upper case, as in the usage line. */
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  /** True when it takes all words that are left. */
  readonly repeatable?: boolean;
  /** The only words it may be; default: any. */
  readonly choices?: readonly string[];
}

/** The values of a table of options. */
export type OptionValues<Options extends OptionTable> = {
  readonly [Name in keyof Options]: Options[Name] extends OptionDefinition<infer Value>
    ? Value
    : never;
};

/** What the user has written. */
export interface CommandInput<Options extends OptionTable> {
  /** The words that are no options, in order. */
  readonly arguments: readonly string[];
  readonly options: OptionValues<Options>;
}

/** A command line that works as it is written, and what it does. */
interface CommandExample {
  readonly line: string;
  readonly does: string;
}

/** A command as data: the parser, `--help` and the reference page are all made from it. */
export interface Command<Options extends OptionTable = OptionTable> {
  /** As it is written: `ask`, or `keys set` for a command of a group. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What it does, in a few sentences. */
  readonly description: string;
  readonly arguments: readonly ArgumentDefinition[];
  readonly options: Options;
  /** What to do instead when there are more words than arguments; default: put quotes around a text. */
  readonly tooManyWords?: string;
  readonly examples: readonly [CommandExample, ...CommandExample[]];
  /** What its exit codes mean where that is more special than the usual; null for one that it never has. */
  readonly exitCodes?: Readonly<Record<number, string | null>>;
  /**
   * Does the work.
   *
   * @returns the exit code.
   * @throws TuttiError when it cannot start or has to stop.
   */
  run(input: CommandInput<Options>, context: CliContext): Promise<number>;
}

/** Commands under one word, each with options of its own: `keys set`, `keys list`. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly commands: readonly Command[];
  /** The name of the command that is meant when none is named; default: one must be. */
  readonly defaultCommand?: string;
  /** True where any first word that is no command belongs to that one; default: only options do. */
  readonly defaultTakesWords?: boolean;
}

/** Declares a command; its options' types flow into `run`, and its flags into what its errors say. */
export function defineCommand<const Options extends OptionTable>(
  command: Command<Options>,
): Command {
  const named: Command<Options> = {
    ...command,
    async run(input, context) {
      try {
        return await command.run(input, context);
      } catch (error) {
        throw withNamedFlags(error, command.options);
      }
    },
  };
  // A command reads its own options only: whoever calls it has read them from the same table.
  return named as unknown as Command;
}

/** A command as the list of commands knows it: nothing is loaded before it is needed. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command | CommandGroup>;
}
