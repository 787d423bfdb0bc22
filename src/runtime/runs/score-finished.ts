import { type Aggregates, rewriteRun, writeSummary } from '../../experiment/index.ts';
import type { RecordKeys, RunFolder } from '../../store/index.ts';
import type { ActionContext } from '../context/action-context.ts';
import type { BegunScoring, ScoreOutcome, Scoring } from '../scoring/scoring.ts';
import { formatFiles } from './write-formats.ts';

/** What gives records keys from which a summary is made; null where there is none. */
export interface SummarySources {
  readonly scored: BegunScoring | null;
  readonly verdicts: (Pick<RecordKeys, 'names'> & { aggregates(): Aggregates }) | null;
}

/** Writes the summary of the scores and verdicts of a run, whose lock is held. */
export async function keepScores(
  { scored, verdicts }: SummarySources,
  folder: RunFolder,
): Promise<ScoreOutcome> {
  const outcome = await scored?.outcome();
  const parts = [verdicts?.aggregates(), outcome?.aggregates].filter((part) => part !== undefined);
  const aggregates = {
    scores: parts.flatMap(({ scores }) => scores),
    pairs: parts.flatMap(({ pairs }) => pairs),
    sensitivity: parts.flatMap(({ sensitivity }) => sensitivity),
  };
  const names = [scored?.recordKeys, verdicts].flatMap((source) => source?.names ?? []);
  await writeSummary(folder, aggregates, names);
  return { scoreNotes: [], ...outcome, aggregates };
}

/**
 * Scores a run that has its results: its records are written anew, no model is asked.
 *
 * @returns undefined where nothing is scored
 * @throws TuttiError `run_locked`, `unsafe_folder`, `file_missing`, `file_unwritable`, `disk_full`
 */
export async function scoreFinished(
  folder: RunFolder,
  { scoring, context }: { readonly scoring?: Scoring | null; readonly context: ActionContext },
): Promise<ScoreOutcome | undefined> {
  if (!scoring) return undefined;
  await using scored = scoring.begin();
  let outcome: ScoreOutcome | undefined;
  await rewriteRun({
    folder,
    keys: [scored.recordKeys],
    derivedFiles: formatFiles(folder),
    clock: context.clock,
    random: context.random,
    afterwards: async () => {
      outcome = await keepScores({ scored, verdicts: null }, folder);
    },
  });
  return outcome;
}
