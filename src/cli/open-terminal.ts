import type { Clock } from '../core/clock.ts';
import { TuttiError } from '../core/tutti-error.ts';
import type { Environment, TerminalPreferences } from '../runtime/index.ts';
import type { CliContext } from './context/context.ts';
import { EXIT_INTERRUPTED } from './context/exit-code.ts';
import type { ContextChoice } from './run-cli.ts';
import { isOutputClosed } from './terminal/closed-output.ts';
import { usesColour } from './terminal/colour-choice.ts';
import { hearsHangUp, ignoresHangUp } from './terminal/hang-up.ts';
import { withoutHiddenCharacters } from './terminal/hidden-characters.ts';
import { sourceOf } from './terminal/input-source.ts';
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
  const source = sourceOf(0);
  const hangUp = hearsHangUp({
    onTerminal: source === 'terminal' || options.stdout.isTerminal || stderr.isTerminal,
    startedAs: environment.variables.get('_'),
    parentIgnores: ignoresHangUp(process.ppid),
  });
  if (!hangUp) process.on('SIGHUP', () => {});
  let interrupts: Interrupts | undefined;
  return {
    stdout: { ...dress(options.stdout), isClosed: isOutputClosed() },
    stderr: stderr,
    keyboard: createKeyboard(process.stdin, {
      source,
      mayAsk: stderr.isTerminal && !preferences.ci,
      write: (text) => stderr.write(text),
    }),
    listenToInterrupts: () => {
      interrupts ??= listenToInterrupts(
        process,
        clock,
        () => process.exit(EXIT_INTERRUPTED),
        hangUp,
      );
      return interrupts;
    },
    environment,
    clock,
    workingFolder: workingFolder(),
    debug,
    openEngine: async (engineOptions) =>
      (await import('../runtime/index.ts')).openEngine(engineOptions),
    close: closeLiveViews,
  };
}

/** @throws TuttiError `file_missing` when it has been deleted, or lies where this user may not look. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'has been deleted' : `cannot be reached (${code})`;
    throw new TuttiError('file_missing', `The working folder ${why}.`, {
      hint: 'Go to another one first, such as: cd ~',
    });
  }
}
