import type { OptionValues } from '../../command-line/command.ts';
import { jsonOption, quietOption, trustOption } from '../../command-line/common-options.ts';
import {
  anyText,
  onceOption,
  type Parsed,
  repeatedOption,
  switchOption,
  valueOption,
} from '../../command-line/option.ts';
import { countFrom, name, path } from '../../command-line/option-values.ts';
import { parameter } from '../../command-line/parameter.ts';
import { PROMPT_OPTIONS } from '../../command-line/read-prompt.ts';
import { RUN_COMMAND_OPTIONS } from '../../command-line/run-flags.ts';

function criteria(text: string): Parsed<string> {
  return text.trim() === '' ? { problem: 'must be words, or a file' } : { value: text };
}

/** All options of `tutti prefer`. */
export const OPTIONS = {
  models: repeatedOption(
    '-m, --model MODEL',
    'Model that answers, 2 to 26: provider/model-id, BASE_URL#model-id, an alias or a consortium',
    anyText,
  ),
  judges: repeatedOption(
    '--judge MODEL',
    'Model that ranks the answers; default: those that answer',
    name,
  ),
  criteria: onceOption(
    '--criteria TEXT|FILE',
    'By what judges rank, in words or from a file; default: factuality and writing style',
    criteria,
  ),
  seed: valueOption(
    '--seed N',
    'Seed of the orders in which judges see answers, and of the keys between which they stand',
    countFrom(0),
    '0',
  ),
  noMask: switchOption('--no-mask', 'Leave the names of models in the answers that judges see'),
  ...PROMPT_OPTIONS,
  system: onceOption('--system TEXT', 'System prompt of the models that answer', anyText),
  parameters: repeatedOption(
    '--param NAME=VALUE',
    'Parameter for the models that answer, sent as it is: JSON where VALUE is JSON, else text',
    parameter,
  ),
  prompts: onceOption(
    '--prompts DIR|FILE',
    'A study: every .txt file of a folder, or every prompt of an experiment; a run, which the same command goes on with',
    path,
  ),
  rounds: valueOption(
    '--rounds N',
    'How often a study asks each prompt, 1 to 1000',
    countFrom(1, 1000),
    '1',
  ),
  limit: valueOption('--limit N', 'Only the first N prompts of a study', countFrom(1), 'all'),
  onlyFailed: switchOption(
    '--only-failed',
    'Ask once more what has failed in the study that the same command has made',
  ),
  dryRun: switchOption('--dry-run', 'Say how many calls a study would be; send nothing'),
  tally: onceOption(
    '--tally PATH',
    'Read the verdicts of a study, or logs of parallellm-pump, and show what they say; sends nothing',
    path,
  ),
  ...RUN_COMMAND_OPTIONS,
  json: {
    ...jsonOption,
    description: 'Print everything as one JSON document; of a study the totals',
  },
  quiet: { ...quietOption, description: 'Show only answers, rankings and errors' },
  trust: trustOption,
} as const;

/** What they were given. */
export type PreferInput = OptionValues<typeof OPTIONS>;
