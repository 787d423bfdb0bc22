import { longFlag, type OptionTable } from '../../command-line/option.ts';
import { usageError } from '../../command-line/usage-error.ts';

/** What has a meaning where results are written and nothing is sent. */
const MEANT = [
  ...['finish', 'resume', 'formats', 'excelSafe', 'json', 'quiet', 'trust'],
  ...['scores', 'thresholds', 'unit', 'compare'],
];

/**
 * Refuses options that say what is sent, or where a new run goes, where nothing is sent.
 *
 * @throws TuttiError `bad_usage` with all of them
 */
export function refuseForFinish(
  options: OptionTable,
  given: Readonly<Record<string, unknown>>,
): void {
  const flags = Object.entries(options).flatMap(([name, option]) => {
    const value = given[name];
    const isGiven = Array.isArray(value) ? value.length > 0 : value !== option.whenAbsent;
    return isGiven && !MEANT.includes(name) ? [longFlag(option)] : [];
  });
  if (flags.length === 0) return;
  const have = flags.length === 1 ? 'has' : 'have';
  throw usageError(
    `${flags.join(', ')} ${have} no meaning with --finish: it sends nothing and begins no run.`,
    `Leave --finish or ${flags.length === 1 ? 'it' : 'them'} out.`,
  );
}
