import { longFlag, type OptionTable } from '../../command-line/option.ts';
import { usageError } from '../../command-line/usage-error.ts';

/** What has a meaning where results are written and nothing is sent. */
const MEANT_FOR_FINISH = [
  ...['finish', 'resume', 'formats', 'excelSafe', 'json', 'quiet', 'trust'],
  ...['scores', 'thresholds', 'unit', 'compare'],
];

/** What says which rows there are, or where a new run goes. */
const OF_A_NEW_RUN = [
  ...['models', 'overrideModel', 'parameters', 'system', 'samples', 'prompts', 'typed'],
  ...['requestUrl', 'limit', 'skipInvalid', 'out', 'name', 'fresh', 'finish', 'dryRun'],
];

/**
 * Refuses options that say what is sent, or where a new run goes, where nothing is sent.
 *
 * @throws TuttiError `bad_usage` with all of them
 */
export function refuseForFinish(options: OptionTable, given: GivenOptions): void {
  refuse(options, given, (name) => !MEANT_FOR_FINISH.includes(name), {
    flag: '--finish',
    why: 'it sends nothing and begins no run',
  });
}

/**
 * Refuses options that say which rows there are, or where a new run goes, where a run goes on.
 *
 * @throws TuttiError `bad_usage` with all of them
 */
export function refuseForOnlyFailed(options: OptionTable, given: GivenOptions): void {
  refuse(options, given, (name) => OF_A_NEW_RUN.includes(name), {
    flag: '--only-failed',
    why: 'it goes on with a run as it was begun',
  });
}

type GivenOptions = Readonly<Record<string, unknown>>;

function refuse(
  options: OptionTable,
  given: GivenOptions,
  isRefused: (name: string) => boolean,
  { flag, why }: { readonly flag: string; readonly why: string },
): void {
  const flags = Object.entries(options).flatMap(([name, option]) => {
    const value = given[name];
    const isGiven = Array.isArray(value) ? value.length > 0 : value !== option.whenAbsent;
    return isGiven && isRefused(name) ? [longFlag(option)] : [];
  });
  if (flags.length === 0) return;
  const have = flags.length === 1 ? 'has' : 'have';
  throw usageError(
    `${flags.join(', ')} ${have} no meaning with ${flag}: ${why}.`,
    `Leave ${flag} or ${flags.length === 1 ? 'it' : 'them'} out.`,
  );
}
