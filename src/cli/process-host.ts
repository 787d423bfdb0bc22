import { readFileSync } from 'node:fs';
import type { CliContext } from './context/context.ts';
import { EXIT_OK, EXIT_STOPPED } from './context/exit-code.ts';
import type { ContextChoice, Host } from './run-cli.ts';
import type { Screen } from './terminal/screen.ts';
import { createStreamScreen } from './terminal/stream-screen.ts';
import { PLAIN_STYLE } from './terminal/style.ts';

/** The real process as a host, and a way to wait until all its output is out. */
export interface ProcessHost extends Host {
  flush(): Promise<void>;
}

/** Longer lines are hard to read. */
const WIDEST_HELP = 100;

/** Makes the host of the real process. It ends the process when standard output breaks. */
export function createProcessHost(): ProcessHost {
  const plain = { style: PLAIN_STYLE, mayRedraw: false };
  const stderr = createStreamScreen(process.stderr, { ...plain, onBroken: () => {} });
  const onBroken = (code: string) => endForBrokenOutput(code, stderr);
  const stdout = createStreamScreen(process.stdout, { ...plain, onBroken });
  return {
    answer: (text) => stdout.write(text),
    tell: (text) => stderr.write(text),
    helpWidth: () => Math.min(WIDEST_HELP, stdout.size().columns),
    version: packageVersion,
    openContext: (choice) => openContext(choice, stdout, stderr),
    flush: async () => {
      await Promise.all([stdout.flush(), stderr.flush()]);
    },
  };
}

/** A reader that has gone away (`tutti ... | head`) wants no more: that is no failure. */
function endForBrokenOutput(code: string, stderr: Screen): void {
  if (code === 'EPIPE') process.exit(EXIT_OK);
  const why = code === 'ENOSPC' ? 'no space is left on the device' : code;
  stderr.write(`tutti: standard output cannot be written: ${why}\n`);
  void stderr.flush().then(() => process.exit(EXIT_STOPPED));
}

async function openContext(
  { color, debug }: ContextChoice,
  stdout: Screen,
  stderr: Screen,
): Promise<CliContext> {
  const [{ readEnvironment, terminalPreferences }, { systemClock }, terminal] = await Promise.all([
    import('../runtime/index.ts'),
    import('../core/system-clock.ts'),
    import('./open-terminal.ts'),
  ]);
  const environment = readEnvironment();
  const preferences = terminalPreferences(environment);
  return terminal.openTerminal({
    color,
    debug,
    stdout,
    stderr,
    environment,
    preferences,
    clock: systemClock,
  });
}

function packageVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
