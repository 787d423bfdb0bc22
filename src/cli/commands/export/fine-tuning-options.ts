import { anyText, onceOption, switchOption, valueOption } from '../../command-line/option.ts';
import { countFrom, name, numberFrom, path } from '../../command-line/option-values.ts';

/** The options of files for fine-tuning. */
export const FINE_TUNING_OPTIONS = {
  prompt: valueOption('--prompt COLUMN', 'For fine-tuning: the column of prompts', name, 'prompt'),
  completion: onceOption(
    '--completion COLUMN',
    'For fine-tuning: the column of completions; default response',
    name,
  ),
  chosen: onceOption('--chosen COLUMN', 'For preferences: the column of better ones', name),
  rejected: onceOption('--rejected COLUMN', 'For preferences: the column of worse ones', name),
  system: onceOption('--system TEXT', 'System message of all examples', anyText),
  systemColumn: onceOption('--system-column COLUMN', 'The column of system messages', name),
  validation: onceOption(
    '--validation PART',
    'Part of the prompts (0 to 1) for PREFIX.validation.jsonl; rows of one prompt stay together',
    numberFrom(0, 1),
  ),
  seed: valueOption('--seed N', 'Seed of --validation', countFrom(0), '0'),
  maxTokens: onceOption('--max-tokens N', 'Longer examples are wrong', countFrom(1)),
  tokenizer: onceOption(
    '--tokenizer FILE',
    'Ranks as tiktoken keeps them, such as o200k_base.tiktoken; else tokens are estimated',
    path,
  ),
  maxBytes: onceOption(
    '--max-bytes N',
    'Write several files of at most so many bytes: PREFIX.000001.jsonl, …',
    countFrom(1),
  ),
  drop: switchOption('--drop', 'Leave out what is wrong; default: then nothing is written'),
  force: switchOption('--force', 'Replace the files for fine-tuning that are there, all parts'),
} as const;
