import { defineCommand } from '../../command-line/command.ts';
import { jsonOption, quietOption, trustOption } from '../../command-line/common-options.ts';
import { EXPERIMENT_OPTIONS } from '../../command-line/experiment-options.ts';
import { switchOption, valueOption } from '../../command-line/option.ts';
import { secondsFrom } from '../../command-line/option-values.ts';
import { ROW_OPTIONS, RUN_COMMAND_OPTIONS, rowFilling } from '../../command-line/run-flags.ts';

// Where results go and what runs are called the folder says; each file is a run of its own.
const { out: _, name: __, fresh: ___, ...HOW_RUN } = RUN_COMMAND_OPTIONS;

/** `tutti watch`: runs every experiment that appears in a folder. */
export const command = defineCommand({
  name: 'watch',
  summary: 'run every experiment that appears in a folder',
  description:
    'Runs every file that appears in DIR/input, the oldest first, two at once where they share no limit. Results go to DIR/output, ' +
    'and the file moves there, into the folder of its run; a file that is no experiment goes to DIR/failed, with what is wrong beside it. ' +
    'Media are looked for in DIR/media. Started again, it goes on with the runs that are not finished.',
  arguments: [
    {
      name: 'DIR',
      description: 'The pipeline folder; input, output, media and failed are made in it',
      required: true,
    },
  ],
  options: {
    ...ROW_OPTIONS,
    ...HOW_RUN,
    ...EXPERIMENT_OPTIONS,
    settleMs: valueOption(
      '--settle SECONDS',
      'How long a file must not have changed before it is taken, 0 to 3600',
      secondsFrom(0, 3600),
      '2',
    ),
    once: switchOption('--once', 'End when nothing is left in DIR/input'),
    json: { ...jsonOption, description: 'Print one JSON line for each run and each failed file' },
    quiet: quietOption,
    trust: trustOption,
  },
  examples: [
    { line: 'tutti watch data', does: 'Run what is put into data/input, until Ctrl-C' },
    {
      line: 'tutti watch data --once --format csv',
      does: 'Run what is there, write the results also as CSV, and end',
    },
  ],
  exitCodes: {
    0: 'with --once: every file was run, and everything was answered',
    1: 'with --once: some calls failed, a run is not finished, or a file went to DIR/failed',
    130: 'it was interrupted, as it is without --once',
  },
  async run({ arguments: [folder = ''], options }, context) {
    const { json, quiet, trust, ...others } = options;
    const request = { ...others, ...rowFilling(options) };
    const [{ openCommandEngine }, { watchFolder }] = await Promise.all([
      import('../../context/open-command-engine.ts'),
      import('./watch-folder.ts'),
    ]);
    await using engine = await openCommandEngine(context, { trust });
    return watchFolder(engine, { ...request, folder }, context, { json, quiet });
  },
});
