import { panelStatistics } from '../../../ranking/panel/index.ts';
import type { PreferOutcome } from '../../../runtime/index.ts';
import { tallyOf } from './preference-tally.ts';

/** Writes everything that came of a panel as one line of JSON; the records stand in it as they are. */
export function preferenceDocument(
  outcome: PreferOutcome,
  { prompt, records }: { readonly prompt: string; readonly records: readonly string[] },
): string {
  const { verdicts, seed } = outcome;
  const statistics = panelStatistics(verdicts);
  const { agreement, selfPreference, flips } = statistics;
  const members = [
    `"prompt":${JSON.stringify(prompt)}`,
    `"seed":${seed}`,
    `"answers":[${records.join(',')}]`,
    `"verdicts":${JSON.stringify(verdicts)}`,
    `"tally":${JSON.stringify(tallyOf(outcome, statistics))}`,
    `"agreement":${JSON.stringify(agreement)}`,
    `"selfPreference":${JSON.stringify(selfPreference)}`,
    `"flips":${JSON.stringify(flips)}`,
  ];
  return `{${members.join(',')}}`;
}
