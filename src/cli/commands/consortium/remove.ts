import { defineCommand } from '../../command-line/command.ts';
import { jsonOption } from '../../command-line/common-options.ts';
import { EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';

/** `tutti consortium remove`. */
export const removeConsortiumCommand = defineCommand({
  name: 'consortium remove',
  summary: 'remove a saved consortium',
  description: 'Removes the file of a saved consortium from your home.',
  arguments: [{ name: 'NAME', description: 'A saved consortium', required: true }],
  options: { json: jsonOption },
  examples: [{ line: 'tutti consortium remove team', does: 'Keep it no longer' }],
  exitCodes: { 0: 'it is removed', 1: 'there was no such consortium' },
  async run({ arguments: [name = ''], options: { json } }, context) {
    const { openCommandEngine } = await import('../../context/open-command-engine.ts');
    await using engine = await openCommandEngine(context);
    const removed = await engine.removeConsortium(name);
    if (json) context.stdout.write(`${JSON.stringify({ name, removed })}\n`);
    else {
      context.stderr.write(removed ? `Removed ${name}.\n` : `No consortium is called ${name}.\n`);
    }
    return removed ? EXIT_OK : EXIT_SOME_FAILED;
  },
});
