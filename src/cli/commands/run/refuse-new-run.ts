import { givenFlags, refuseMeaningless } from '../../command-line/meaningless-options.ts';
import type { OptionTable } from '../../command-line/option.ts';

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
  const flags = givenFlags(options, given, (name) => !MEANT_FOR_FINISH.includes(name));
  refuseMeaningless(flags, '--finish: it sends nothing and begins no run');
}

/**
 * Refuses options that say which rows there are, or where a new run goes, where a run goes on.
 *
 * @throws TuttiError `bad_usage` with all of them
 */
export function refuseForOnlyFailed(options: OptionTable, given: GivenOptions): void {
  const flags = givenFlags(options, given, (name) => OF_A_NEW_RUN.includes(name));
  refuseMeaningless(flags, '--only-failed: it goes on with a run as it was begun');
}

type GivenOptions = Readonly<Record<string, unknown>>;
