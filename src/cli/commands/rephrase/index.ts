import { defineCommand } from '../../command-line/command.ts';
import {
  jsonOption,
  quietOption,
  requestUrlOption,
  trustOption,
  typedOption,
} from '../../command-line/common-options.ts';
import { switchOption, valueOption } from '../../command-line/option.ts';
import { countFrom } from '../../command-line/option-values.ts';
import { REPHRASE_OPTIONS, rephrasingOf } from '../../command-line/rephrase-options.ts';
import { RUN_COMMAND_OPTIONS } from '../../command-line/run-flags.ts';
import { usageError } from '../../command-line/usage-error.ts';

/** `tutti rephrase`: an experiment with prompts in other words. */
export const command = defineCommand({
  name: 'rephrase',
  summary: 'let models rephrase the prompts of an experiment, into a new one',
  description:
    'Asks models for other words for each prompt, by templates, as lists of variants or through other languages, and writes ' +
    'post-rephrase-NAME.jsonl: the new prompts with the models and parameters of their originals, and the originals. ' +
    'After Ctrl-C or a crash the same command goes on.',
  arguments: [
    {
      name: 'FILE',
      description: 'Experiment: JSON lines, a table or a text of prompts',
      required: true,
    },
  ],
  options: {
    ...REPHRASE_OPTIONS,
    ...RUN_COMMAND_OPTIONS,
    seed: valueOption('--seed N', 'Seed of the keys of lists', countFrom(0), '0'),
    limit: valueOption('--limit N', 'Only the first N rows', countFrom(1), 'all'),
    skipInvalid: switchOption('--skip-invalid', 'Leave malformed lines out'),
    typed: typedOption,
    requestUrl: requestUrlOption,
    json: { ...jsonOption, description: 'Print the totals as JSON lines' },
    quiet: quietOption,
    trust: trustOption,
  },
  examples: [
    {
      line: 'tutti rephrase prompts.jsonl --rephrase openai/gpt-5 --variants 5',
      does: 'Five variants of each prompt',
    },
    {
      line: 'tutti rephrase prompts.jsonl --rephrase openai/gpt-5 --translate fr,sw --remove-original -o data',
      does: 'The prompts in French and Swahili',
    },
  ],
  async run({ arguments: [file], options }, context) {
    const { json, quiet, trust, ...given } = options;
    const rephrasing = rephrasingOf(given);
    if (rephrasing === undefined) {
      throw usageError('Nobody is named who rephrases.', 'Name a model with --rephrase.');
    }
    const [{ openCommandEngine }, { limitHeapGrowth }, stages] = await Promise.all([
      import('../../context/open-command-engine.ts'),
      import('../../context/heap-growth.ts'),
      import('../../render/show-stages.ts'),
    ]);
    limitHeapGrowth();
    await using engine = await openCommandEngine(context, { trust });
    const request = { ...given, rephrasing, file: file!, onlyRephrase: true };
    const first = await stages.prepareStages(engine, request);
    return stages.showStages(first, engine, request, context, { json, quiet });
  },
});
