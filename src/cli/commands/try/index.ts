import { defineCommand } from '../../command-line/command.ts';
import { jsonOption, quietOption } from '../../command-line/common-options.ts';
import { RUN_FLAGS } from '../../command-line/run-flags.ts';
import { EXIT_INTERRUPTED } from '../../context/exit-code.ts';

/** `tutti try`: the first look, without a key. */
export const command = defineCommand({
  name: 'try',
  summary: 'take a first look without a key, on simulated models',
  description:
    'Starts simulated endpoints on this machine and runs the quickstart experiment on them, over the real protocols. No model is asked and nothing is paid.',
  arguments: [],
  options: {
    out: { ...RUN_FLAGS.out, description: 'Folder for the results', default: './tutti-try' },
    json: { ...jsonOption, description: 'Print the totals as one JSON line' },
    quiet: quietOption,
  },
  examples: [
    { line: 'tutti try', does: 'See a run without a key' },
    {
      line: 'tutti try -o /tmp/first-look --json',
      does: 'Keep the results elsewhere and print the totals',
    },
  ],
  async run({ options: { out, json, quiet } }, context) {
    const [{ openCommandEngine }, { showRun }, { renderNextSteps }] = await Promise.all([
      import('../../context/open-command-engine.ts'),
      import('../../render/show-run.ts'),
      import('./next-steps.ts'),
    ]);
    await using engine = await openCommandEngine(context);
    const run = await engine.prepareTry({ out });
    const code = await showRun(run, context, { json, quiet, resumable: false });
    if (quiet || code === EXIT_INTERRUPTED) return code;
    // What stands in the settings must not spoil the first look.
    const own = await engine.listModels({ withProject: false }).catch(() => null);
    if (own !== null) context.stderr.write(renderNextSteps(own.providers));
    return code;
  },
});
