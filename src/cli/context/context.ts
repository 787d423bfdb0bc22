import type { Clock } from '../../core/clock.ts';
import type { Engine, EngineOptions, Environment } from '../../runtime/index.ts';
import type { Interrupts } from '../terminal/interrupts.ts';
import type { Keyboard } from '../terminal/keyboard.ts';
import type { Screen } from '../terminal/screen.ts';

/** All that a command may touch of the process it runs in. */
export interface CliContext {
  /** Standard output: answers and nothing else. */
  readonly stdout: Screen;
  /** Standard error: everything else. */
  readonly stderr: Screen;
  /** Standard input. */
  readonly keyboard: Keyboard;
  /** Begins to listen to Ctrl-C; until then it ends the process at once, as anywhere. */
  listenToInterrupts(): Interrupts;
  readonly environment: Environment;
  readonly clock: Clock;
  /** Absolute path of the working folder. */
  readonly workingFolder: string;
  /** Opens what does the work: settings, models, runs. */
  openEngine(options: EngineOptions): Promise<Engine>;
  /** True under `--debug`. */
  readonly debug: boolean;
  /** Restores the terminal. */
  close(): void;
}
