import { jsonOption, quietOption, trustOption } from '../../command-line/common-options.ts';
import { EXPERIMENT_OPTIONS } from '../../command-line/experiment-options.ts';
import { JUDGE_OPTIONS } from '../../command-line/judge-options.ts';
import { switchOption } from '../../command-line/option.ts';
import { REPHRASE_OPTIONS } from '../../command-line/rephrase-options.ts';
import { promptsOption, ROW_OPTIONS, RUN_COMMAND_OPTIONS } from '../../command-line/run-flags.ts';
import { SCORE_OPTIONS } from '../../command-line/score-options.ts';

/** All options of `tutti run`. */
export const OPTIONS = {
  ...ROW_OPTIONS,
  prompts: promptsOption,
  ...RUN_COMMAND_OPTIONS,
  ...EXPERIMENT_OPTIONS,
  ...REPHRASE_OPTIONS,
  onlyRephrase: switchOption(
    '--only-rephrase',
    'Stop once the rephrased prompts are written as an experiment, post-rephrase-NAME.jsonl',
  ),
  ...JUDGE_OPTIONS,
  ...SCORE_OPTIONS,
  finish: switchOption(
    '--finish',
    'Write the results of the run in folder FILE as far as it has come; send nothing',
  ),
  onlyFailed: switchOption(
    '--only-failed',
    'Ask once more what has failed in the run in folder FILE, into the same folder',
  ),
  dryRun: switchOption('--dry-run', 'Say what would be done; send nothing'),
  json: { ...jsonOption, description: 'Print the totals as one JSON line for each file' },
  quiet: quietOption,
  trust: trustOption,
} as const;
