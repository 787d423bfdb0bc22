import { plainLine, plainText } from '../../../core/plain-text.ts';
import { defineCommand } from '../../command-line/command.ts';
import { jsonOption, trustOption } from '../../command-line/common-options.ts';
import { EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';

/** `tutti consortium show`. */
export const showConsortiumCommand = defineCommand({
  name: 'consortium show',
  summary: 'show the definition of a saved consortium',
  description:
    'Shows the file of a saved consortium on standard output, and what is wrong with it on standard error. --json gives the definition with its defaults.',
  arguments: [
    { name: 'NAME', description: 'A saved consortium, or the path of a file', required: true },
  ],
  options: { json: jsonOption, trust: trustOption },
  examples: [
    { line: 'tutti consortium show team', does: 'See the definition' },
    { line: 'tutti consortium show team --json', does: 'See it with all its defaults' },
  ],
  exitCodes: { 0: 'done', 1: 'something is wrong with it' },
  async run({ arguments: [consortium = ''], options: { json, trust } }, context) {
    const { openCommandEngine } = await import('../../context/open-command-engine.ts');
    const { stdout, stderr } = context;
    await using engine = await openCommandEngine(context, { trust });
    const { text, ...shown } = await engine.showConsortium({ consortium });
    if (json) stdout.write(`${JSON.stringify(shown)}\n`);
    else stdout.write(text.endsWith('\n') ? plainText(text) : `${plainText(text)}\n`);
    for (const one of [...shown.problems, ...shown.warnings]) {
      stderr.write(`${plainLine(one, 1000)}\n`);
    }
    return shown.problems.length > 0 ? EXIT_SOME_FAILED : EXIT_OK;
  },
});
