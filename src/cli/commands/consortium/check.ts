import { plainLine } from '../../../core/plain-text.ts';
import { defineCommand } from '../../command-line/command.ts';
import { jsonOption, trustOption } from '../../command-line/common-options.ts';
import { EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';
import { countOf } from '../../render/figures.ts';

/** `tutti consortium check`. */
export const checkConsortiumCommand = defineCommand({
  name: 'consortium check',
  summary: 'say all that is wrong with the file of a consortium',
  description:
    'Reads the definition of a consortium and lists every mistake with file and line: what is not understood, unknown models, missing keys, circles. Sends nothing.',
  arguments: [
    { name: 'FILE', description: 'A file, or the name of a saved consortium', required: true },
  ],
  options: { json: jsonOption, trust: trustOption },
  examples: [{ line: 'tutti consortium check team.yaml', does: 'Check a definition' }],
  exitCodes: { 0: 'nothing is wrong', 1: 'something is wrong', 2: 'the file cannot be read' },
  async run({ arguments: [consortium = ''], options: { json, trust } }, context) {
    const { openCommandEngine } = await import('../../context/open-command-engine.ts');
    const { stdout } = context;
    await using engine = await openCommandEngine(context, { trust });
    const { name, hash, problems, warnings } = await engine.showConsortium({ consortium });
    if (json) {
      stdout.write(`${JSON.stringify({ file: consortium, name, hash, problems, warnings })}\n`);
    } else {
      const lines = [
        ...problems.map((problem) => plainLine(problem, 1000)),
        ...warnings.map((warning) => `${plainLine(warning, 1000)} [warning]`),
        `${plainLine(consortium, 500)}: ${foundText(problems.length + warnings.length)}`,
      ];
      stdout.write(`${lines.join('\n')}\n`);
    }
    return problems.length > 0 ? EXIT_SOME_FAILED : EXIT_OK;
  },
});

function foundText(count: number): string {
  return count === 0 ? 'nothing is wrong' : `${countOf(count, 'thing')} to look at`;
}
