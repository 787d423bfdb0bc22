import { defineCommand } from '../../command-line/command.ts';
import {
  jsonOption,
  mediaOption,
  requestUrlOption,
  trustOption,
  typedOption,
} from '../../command-line/common-options.ts';
import { promptsOption, ROW_OPTIONS, rowFilling } from '../../command-line/run-flags.ts';
import { usageError } from '../../command-line/usage-error.ts';
import { EXIT_OK, EXIT_SOME_FAILED, EXIT_STOPPED } from '../../context/exit-code.ts';

/** `tutti check`: all that is wrong with an experiment, before anything is sent. */
export const command = defineCommand({
  name: 'check',
  summary: 'say all that is wrong with an experiment before anything is sent',
  description:
    'Reads experiments and lists every mistake with file, line and column: malformed lines, unknown models, missing keys, ids that occur twice.',
  arguments: [
    {
      name: 'FILE',
      description: 'Experiment: JSON lines, a table or a text of prompts; - is standard input',
      required: false,
      repeatable: true,
    },
  ],
  options: {
    ...ROW_OPTIONS,
    prompts: promptsOption,
    json: { ...jsonOption, description: 'Print one JSON object for each file' },
    trust: trustOption,
    typed: typedOption,
    media: mediaOption,
    requestUrl: requestUrlOption,
  },
  examples: [
    { line: 'tutti check prompts.jsonl', does: 'Check one experiment' },
    {
      line: 'tutti check *.jsonl --json',
      does: 'Check all experiments of a folder, for a program',
    },
  ],
  exitCodes: { 0: 'nothing is wrong', 1: 'something is wrong', 2: 'a file cannot be read' },
  async run({ arguments: files, options }, context) {
    const { json, trust, typed, requestUrl, prompts, media } = options;
    if (files.length === 0 && prompts === undefined) {
      throw usageError('There is no experiment.', 'Name its file, or a folder with --prompts.');
    }
    const [{ openCommandEngine }, { renderChecked }, { limitHeapGrowth }] = await Promise.all([
      import('../../context/open-command-engine.ts'),
      import('./checked-file.ts'),
      import('../../context/heap-growth.ts'),
    ]);
    limitHeapGrowth();
    await using engine = await openCommandEngine(context, { trust });
    const promptFolders = prompts === undefined ? [] : [prompts];
    const how = { typed, requestUrl, media, promptFolders, ...rowFilling(options) };
    const checked = await engine.check(files, how);
    for (const file of checked) {
      context.stdout.write(json ? `${JSON.stringify(file)}\n` : renderChecked(file));
    }
    if (checked.some(({ readable }) => !readable)) return EXIT_STOPPED;
    const wrong = checked.some(({ problems }) =>
      problems.some(({ severity }) => severity === 'error'),
    );
    return wrong ? EXIT_SOME_FAILED : EXIT_OK;
  },
});
