import { defineCommand } from '../../command-line/command.ts';
import {
  jsonOption,
  quietOption,
  trustOption,
  typedOption,
} from '../../command-line/common-options.ts';
import { switchOption, valueOption } from '../../command-line/option.ts';
import { countFrom } from '../../command-line/option-values.ts';
import { UNNAMED_RUN_OPTIONS } from '../../command-line/run-flags.ts';
import { usageError } from '../../command-line/usage-error.ts';

/** `tutti consortium calibrate`. */
export const calibrateConsortiumCommand = defineCommand({
  name: 'consortium calibrate',
  summary: 'see by questions with right answers whether a consortium is worth it',
  description:
    'Asks a consortium questions whose right answers are known, and compares it with each of its members, with a plain vote and with a weighted one on the same answers; says what its confidence is worth. It is a run: after Ctrl-C or a crash the same command goes on.',
  arguments: [
    {
      name: 'NAME|FILE',
      description: 'A saved consortium, or a .yaml file',
      required: true,
    },
    {
      name: 'QUESTIONS',
      description: 'Rows with "prompt" and "expected_response", the right answer alone',
      required: true,
    },
  ],
  options: {
    ...UNNAMED_RUN_OPTIONS,
    limit: valueOption('--limit N', 'Only the first N questions', countFrom(1), 'all'),
    typed: typedOption,
    onlyFailed: switchOption(
      '--only-failed',
      'Ask once more what has failed when the same command was run',
    ),
    dryRun: switchOption('--dry-run', 'Say how many calls it would be; send nothing'),
    json: { ...jsonOption, description: 'Print the figures as JSON' },
    quiet: quietOption,
    trust: trustOption,
  },
  examples: [
    {
      line: 'tutti consortium calibrate team questions.jsonl -o out',
      does: 'Compare a saved consortium with its members',
    },
    {
      line: 'tutti consortium calibrate ./team.yaml questions.jsonl --json',
      does: 'The same of a file, for a program',
    },
  ],
  exitCodes: {
    0: 'every question has an answer',
    1: 'some have none; the figures say what of the others is known',
    2: 'the consortium or a question is wrong; nothing was sent',
  },
  async run({ arguments: [consortium, file], options }, context) {
    if (consortium === undefined || file === undefined) {
      throw usageError(
        'There are no questions.',
        'Name the consortium, and the file of questions.',
      );
    }
    const [{ openCommandEngine }, { showCalibration }] = await Promise.all([
      import('../../context/open-command-engine.ts'),
      import('./show-calibration.ts'),
    ]);
    const { json, quiet, trust, dryRun, ...given } = options;
    await using engine = await openCommandEngine(context, { trust });
    const request = { ...given, consortium, file };
    if (dryRun) {
      const { showPlan } = await import('../../render/run-plan.ts');
      return showPlan(file, await engine.planCalibration(request), context, { json });
    }
    return showCalibration(engine, request, context, { json, quiet });
  },
});
