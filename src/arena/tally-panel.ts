import { type PanelStatistics, panelStatistics } from '../ranking/panel/index.ts';
import { type InvalidReport, readPanelVerdicts } from './votes/index.ts';

/** The statistics of a study, and where it holds no ranking. */
export interface PanelTally {
  readonly statistics: PanelStatistics;
  readonly malformed: InvalidReport;
}

/**
 * Reads the verdicts of a study in which judges rank answers, and makes its statistics.
 *
 * @param path folder with `verdicts.jsonl`, or of parallellm-pump's logs; or one such file.
 * @throws TuttiError `file_missing`, `file_unreadable`, `bad_input` where there are no verdicts.
 */
export async function tallyPanel(path: string): Promise<PanelTally> {
  const { verdicts, places, invalid } = await readPanelVerdicts(path);
  const unreadable = invalid.count;
  const statistics = panelStatistics(verdicts, (at, problem) => {
    const place = places[at]!;
    invalid.add(place.file, place.line, place.problem ?? problem);
  });
  const malformed = statistics.malformed + unreadable;
  return { statistics: { ...statistics, malformed }, malformed: invalid.report() };
}
