import { plainLine } from '../../../core/plain-text.ts';
import { defineCommand } from '../../command-line/command.ts';
import { jsonOption, trustOption } from '../../command-line/common-options.ts';
import { switchOption } from '../../command-line/option.ts';
import { EXIT_OK } from '../../context/exit-code.ts';
import { consortiumFlags, DEFINITION_OPTIONS } from './definition-options.ts';

/** `tutti consortium save`. */
export const saveConsortiumCommand = defineCommand({
  name: 'consortium save',
  summary: 'keep a consortium under a name, which is then a model',
  description:
    'Writes a consortium into a file of your home, consortiums/NAME.yaml, where it can be changed. Nothing is sent.',
  arguments: [
    { name: 'NAME', description: 'Letters, digits, ".", "_" and "-"', required: true },
    {
      name: 'FILE',
      description: 'A .yaml file to begin with; options come before what it says',
      required: false,
    },
  ],
  options: {
    ...DEFINITION_OPTIONS,
    replace: switchOption('--replace', 'Put it in the place of the one that has the name'),
    json: jsonOption,
    trust: trustOption,
  },
  examples: [
    {
      line: 'tutti consortium save team -m openai/gpt-5 -m anthropic/claude-sonnet-5 --arbiter openai/gpt-5',
      does: 'Keep two members and an arbiter; then: tutti ask "…" -m team',
    },
  ],
  exitCodes: { 0: 'it is kept', 1: null },
  async run({ arguments: [name = '', consortium], options }, context) {
    const { openCommandEngine } = await import('../../context/open-command-engine.ts');
    const { stdout, stderr } = context;
    const { replace, json, trust } = options;
    await using engine = await openCommandEngine(context, { trust });
    const flags = consortiumFlags(options);
    const { path, replaced, hash, warnings } = await engine.saveConsortium({
      ...{ name, consortium, flags, replace },
    });
    for (const warning of warnings) stderr.write(`${plainLine(warning, 500)}\n`);
    if (json) stdout.write(`${JSON.stringify({ name, path, replaced, hash, warnings })}\n`);
    else stderr.write(`${replaced ? 'Replaced' : 'Kept'} ${name}: ${plainLine(path, 1000)}\n`);
    return EXIT_OK;
  },
});
