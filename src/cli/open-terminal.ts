import type { Clock } from '../core/clock.ts';
import type { Environment, TerminalPreferences } from '../runtime/index.ts';
import type { CliContext } from './context/context.ts';
import { EXIT_INTERRUPTED } from './context/exit-code.ts';
import type { ContextChoice } from './run-cli.ts';
import { usesColour } from './terminal/colour-choice.ts';
import { withoutHiddenCharacters } from './terminal/hidden-characters.ts';
import { type Interrupts, listenToInterrupts } from './terminal/interrupts.ts';
import { createKeyboard } from './terminal/keyboard.ts';
import { closeLiveViews } from './terminal/live-view.ts';
import type { Screen } from './terminal/screen.ts';
import { createStyle } from './terminal/style.ts';
import { pauseOnSuspend } from './terminal/suspension.ts';

/** What the terminal is opened with. */
export interface TerminalOptions extends ContextChoice {
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly environment: Environment;
  readonly preferences: TerminalPreferences;
  readonly clock: Clock;
}

/** Joins the process's streams, signals and environment to the context of a command. */
export function openTerminal(options: TerminalOptions): CliContext {
  const { color, debug, environment, preferences, clock } = options;
  const calm = preferences.ci || preferences.dumb;
  const dress = (screen: Screen): Screen => ({
    ...screen,
    write: (text) => screen.write(screen.isTerminal ? withoutHiddenCharacters(text) : text),
    canRedraw: screen.isTerminal && !calm,
    style: createStyle(usesColour(color, preferences, screen.isTerminal)),
  });
  const stderr = dress(options.stderr);
  process.on('exit', closeLiveViews);
  pauseOnSuspend(process);
  let interrupts: Interrupts | undefined;
  return {
    stdout: dress(options.stdout),
    stderr: stderr,
    keyboard: createKeyboard(process.stdin, {
      mayAsk: stderr.isTerminal && !preferences.ci,
      write: (text) => stderr.write(text),
    }),
    listenToInterrupts: () => {
      interrupts ??= listenToInterrupts(process, clock, () => process.exit(EXIT_INTERRUPTED));
      return interrupts;
    },
    environment,
    clock,
    workingFolder: process.cwd(),
    debug,
    openEngine: async (engineOptions) =>
      (await import('../runtime/index.ts')).openEngine(engineOptions),
    close: closeLiveViews,
  };
}
