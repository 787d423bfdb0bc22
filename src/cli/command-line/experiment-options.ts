import { mediaOption, requestUrlOption, typedOption } from './common-options.ts';
import { EXPORT_OPTIONS } from './export-options.ts';
import { switchOption, valueOption } from './option.ts';
import { countFrom } from './option-values.ts';

/** How the rows of an experiment that is run are read, and its results written. */
export const EXPERIMENT_OPTIONS = {
  limit: valueOption(
    '--limit N',
    'Only the first N rows of the input, each with all its models',
    countFrom(1),
    'all',
  ),
  skipInvalid: switchOption(
    '--skip-invalid',
    'Leave malformed lines out and list them in failed.jsonl',
  ),
  typed: typedOption,
  media: mediaOption,
  requestUrl: requestUrlOption,
  ...EXPORT_OPTIONS,
} as const;
