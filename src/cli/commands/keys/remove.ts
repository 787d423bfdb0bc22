import { defineCommand } from '../../command-line/command.ts';
import { EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';
import { KEY_NAME } from './set.ts';

/** `tutti keys remove`. */
export const removeKeyCommand = defineCommand({
  name: 'keys remove',
  summary: 'remove a key that was kept',
  description: 'Removes a key from the file of your home.',
  arguments: [KEY_NAME],
  options: {},
  tooManyWords: 'Name whose key it is, and nothing more: tutti keys remove openai',
  examples: [{ line: 'tutti keys remove openai', does: 'Keep it no longer' }],
  exitCodes: { 0: 'it is removed', 1: 'there was no such key to remove' },
  async run({ arguments: [name = ''] }, context) {
    const { openCommandEngine } = await import('../../context/open-command-engine.ts');
    await using engine = await openCommandEngine(context);
    const variable = await engine.findKeyVariable(name);
    const removed = await engine.removeKey(variable);
    context.stderr.write(removed ? `Removed ${variable}.\n` : `${variable} is not kept.\n`);
    return removed ? EXIT_OK : EXIT_SOME_FAILED;
  },
});
