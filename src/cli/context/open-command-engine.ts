import { plainLine, plainText } from '../../core/plain-text.ts';
import type { AgreeToProject, AgreeToRun, Engine } from '../../runtime/index.ts';
import { askYesNo } from '../terminal/ask-yes-no.ts';
import type { CliContext } from './context.ts';
import { foreignRunText } from './foreign-run-text.ts';

/** Opens the engine for a command: asks on the terminal about the folder's settings, unless `--trust` was given. */
export function openCommandEngine(
  context: CliContext,
  { trust = false }: { readonly trust?: boolean } = {},
): Promise<Engine> {
  return context.openEngine({
    environment: context.environment,
    workingFolder: context.workingFolder,
    clock: context.clock,
    trust,
    agree: context.keyboard.canAsk ? confirmTrust(context) : undefined,
    agreeToRun: context.keyboard.canAsk ? confirmRun(context) : undefined,
    onScorerOutput: (text) => void context.stderr.write(plainText(text)),
  });
}

/** Asks on the terminal whether the files of the working folder may take effect. */
function confirmTrust({ keyboard, stderr }: CliContext): AgreeToProject {
  return async (files) => {
    for (const { file, changes, state } of files) {
      const what = state === 'changed' ? 'has changed since you agreed to it' : 'is new to tutti';
      stderr.write(`${file.name} of this folder ${what}. It would set:\n`);
      for (const change of changes) stderr.write(`  ${plainText(change)}\n`);
    }
    return askYesNo(keyboard, 'Let it take effect?');
  };
}

/** Asks on the terminal whether a run that was not begun here may go on. */
function confirmRun({ keyboard, stderr }: CliContext): AgreeToRun {
  return async (run) => {
    stderr.write(`${plainLine(foreignRunText(run), 1000)}.\n`);
    return askYesNo(keyboard, 'Go on with it, and take its answers over?');
  };
}
