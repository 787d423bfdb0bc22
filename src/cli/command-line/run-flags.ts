import type { RowFilling } from '../../experiment/index.ts';
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
  anyText,
  type OptionDefinition,
  onceOption,
  optionalSwitch,
  type Parsed,
  repeatedOption,
  switchOption,
  valueOption,
} from './option.ts';
import { countFrom, name, path } from './option-values.ts';
import { type Parameter, parameter, parameterObject } from './parameter.ts';

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
  limitsFile: onceOption(
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

const { name: _, ...unnamed } = RUN_COMMAND_OPTIONS;

/** The same of a command whose runs need no name, since none of their input is standard input. */
export const UNNAMED_RUN_OPTIONS = unnamed;

/** What rows are filled with, of everything that reads the rows of an experiment. */
export const ROW_OPTIONS = {
  models: repeatedOption(
    '-m, --model MODEL',
    'Model for rows that name none, which are asked of each one given: provider/model-id, BASE_URL#model-id or an alias',
    anyText,
  ),
  overrideModel: switchOption(
    '--override-model',
    'Ask the models of -m, in the place of those that rows name',
  ),
  parameters: repeatedOption(
    '--param NAME=VALUE',
    'Parameter for the provider, of rows that do not have it: JSON where VALUE is JSON, else text',
    parameter,
  ),
  system: onceOption('--system TEXT', 'System message of rows whose messages hold none', anyText),
  samples: valueOption(
    '-n, --samples N',
    'Completions of rows that do not say how many, 1 to 1000',
    countFrom(1, 1000),
    '1',
  ),
} as const;

/** `--prompts`, of everything that reads experiments. */
export const promptsOption = onceOption(
  '--prompts DIR',
  'Folder of .txt files as an experiment: each is a prompt, its name is the id',
  path,
);

/** What `ROW_OPTIONS` were given, as the library takes it. */
export function rowFilling(options: {
  readonly models: readonly string[];
  readonly overrideModel: boolean;
  readonly parameters: readonly Parameter[];
  readonly system: string | undefined;
  readonly samples: number | undefined;
}): Required<RowFilling> {
  const { models, overrideModel, system, samples } = options;
  const parameters = parameterObject(options.parameters);
  return { models, overrideModel, parameters, system, samples };
}

function runFlag(name: RunOptionName): OptionDefinition<number | string | boolean | undefined> {
  const option: RunOption = RUN_OPTIONS[name];
  if (option.kind === 'switch') {
    return optionalSwitch(option.flags, option.about, defaultText(option));
  }
  return valueOption(
    option.flags,
    describeRunOption(option),
    (text): Parsed<number | string | boolean> => readRunOption(name, text),
    defaultText(option),
  );
}
