import type { OptionValues } from '../../command-line/command.ts';
import { jsonOption, quietOption, trustOption } from '../../command-line/common-options.ts';
import { anyText, onceOption, repeatedOption, valueOption } from '../../command-line/option.ts';
import { countFrom } from '../../command-line/option-values.ts';
import { parameter } from '../../command-line/parameter.ts';
import { PROMPT_OPTIONS } from '../../command-line/read-prompt.ts';
import { RUN_FLAGS } from '../../command-line/run-flags.ts';

/** The options of `tutti ask`. */
export const ASK_OPTIONS = {
  models: repeatedOption(
    '-m, --model MODEL',
    'Model to ask: provider/model-id, BASE_URL#model-id or an alias',
    anyText,
  ),
  ...PROMPT_OPTIONS,
  system: onceOption('--system TEXT', 'System prompt', anyText),
  parameters: repeatedOption(
    '--param NAME=VALUE',
    'Parameter for the provider, sent as it is: JSON where VALUE is JSON, else text',
    parameter,
  ),
  samples: valueOption(
    '-n, --samples N',
    'Answers of each model, 1 to 1000',
    countFrom(1, 1000),
    '1',
  ),
  timeoutMs: RUN_FLAGS.timeoutMs,
  attempts: RUN_FLAGS.attempts,
  idleTimeoutMs: RUN_FLAGS.idleTimeoutMs,
  maxWaitMs: { ...RUN_FLAGS.maxWaitMs, default: '60 seconds' },
  stream: RUN_FLAGS.stream,
  keepRaw: RUN_FLAGS.keepRaw,
  json: { ...jsonOption, description: 'Print one JSON record a model, and nothing else' },
  quiet: { ...quietOption, description: 'Show only answers and errors' },
  trust: trustOption,
} as const;

/** What was given of them. */
export type AskInput = OptionValues<typeof ASK_OPTIONS>;
