import { plainText } from '../core/plain-text.ts';
import type { AgreeToProject } from '../runtime/index.ts';
import type { CliContext } from './context.ts';

/** Asks on the terminal whether the files of the working folder may take effect; undefined where nobody can be asked. */
export function agreeOnTerminal({ keyboard, messages }: CliContext): AgreeToProject | undefined {
  if (!keyboard.canAsk) return undefined;
  return async (files) => {
    for (const { file, changes, state } of files) {
      const what = state === 'changed' ? 'has changed since you agreed to it' : 'is new to tutti';
      messages.write(`${file.name} of this folder ${what}. It would set:\n`);
      for (const change of changes) messages.write(`  ${plainText(change)}\n`);
    }
    const answer = await keyboard.askLine('Let it take effect? [y/N] ');
    return /^y(es)?$/i.test(answer.trim());
  };
}
