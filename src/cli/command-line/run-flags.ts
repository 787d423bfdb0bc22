import {
  defaultText,
  describeRunOption,
  RUN_OPTION_NAMES,
  RUN_OPTIONS,
  type RunOption,
  type RunOptionName,
  type RunValues,
  readRunOption,
} from '../../runtime/settings/run-options.ts';
import {
  type OptionDefinition,
  optionalSwitch,
  type Parsed,
  switchOption,
  valueOption,
} from './option.ts';
import { name, path } from './option-values.ts';

type RunFlags = {
  readonly [Name in RunOptionName]: OptionDefinition<NonNullable<RunValues[Name]> | undefined>;
};

/** The flags of the one table of options of everything that sends calls. */
export const RUN_FLAGS = Object.fromEntries(
  RUN_OPTION_NAMES.map((name) => [name, runFlag(name)]),
) as unknown as RunFlags;

/** All options of a command that makes a run: those of the table, and what settings files have no word for. */
export const RUN_COMMAND_OPTIONS = {
  ...RUN_FLAGS,
  limitsFile: valueOption(
    '--limits FILE',
    "Limits by endpoint, model or group, also in prompto's form",
    path,
  ),
  name: valueOption(
    '--name NAME',
    'Name of the run, so that standard input can be gone on with',
    name,
    "the input's path",
  ),
  fresh: switchOption('--new', 'Begin a new run instead of going on with one'),
} as const;

function runFlag(name: RunOptionName): OptionDefinition<number | string | boolean | undefined> {
  const option: RunOption = RUN_OPTIONS[name];
  if (option.kind === 'switch') {
    return optionalSwitch(option.flags, option.about, defaultText(option));
  }
  const value = valueOption(
    option.flags,
    describeRunOption(option),
    (text): Parsed<number | string | boolean> => readRunOption(name, text),
    defaultText(option),
  );
  // An alias may hold what settings may say, and a line after it another value.
  return { ...value, lastCounts: true };
}
