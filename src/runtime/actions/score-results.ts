import type { Readable } from 'node:stream';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { scoreFile } from '../../experiment/scores/index.ts';
import type { ActionContext } from '../context/action-context.ts';
import { noteFurtherFiles, type RemovedFiles } from '../runs/removed-files.ts';
import { findResults, placeFor, placeForStandardInput } from '../runs/results-place.ts';
import { inputOf } from '../runs/run-input.ts';
import { scoreFinished } from '../runs/score-finished.ts';
import { readScoring } from '../scoring/read-scoring.ts';
import type { ScoreOptions } from '../scoring/score-options.ts';
import type { ScoreOutcome, Scoring } from '../scoring/scoring.ts';

/** What is scored. */
export interface ResultsToScore extends ScoreOptions {
  /** Path of a run's folder, or of a results file; `-` is standard input. */
  readonly source: string;
  /** Path of the new file; default: the results in the run's folder are written anew. */
  readonly out?: string | undefined;
}

/** Where scored results are, and what they tell. */
export interface ScoredResults extends ScoreOutcome, RemovedFiles {
  /** Absolute path of the records. */
  readonly file: string;
}

/**
 * Scores results that are there already; sends nothing. A run's folder is written anew, a file goes into another.
 *
 * @throws TuttiError `bad_usage` with everything that is wrong with the scorers, and for a file without `out`;
 *   `file_missing`, also for a run that has no results yet; `bad_input` with every line that is no record; `run_locked`
 */
export async function scoreResults(
  context: ActionContext,
  { source, out, ...options }: ResultsToScore,
): Promise<ScoredResults> {
  const scoring = await readScoring(options, context);
  if (scoring === null) {
    throw new TuttiError('bad_usage', 'No scorer is named', { hint: 'Name one with --score.' });
  }
  const { workingFolder } = context;
  if (source === '-') {
    const file = await placeForStandardInput(out, workingFolder);
    return await toFile(scoring, inputOf({ file: source }, workingFolder), file);
  }
  const place = await findResults(source, workingFolder);
  if (out !== undefined) {
    const file = await placeFor(place, out, { source, out, workingFolder });
    return await toFile(scoring, place.results, file);
  }
  if (place.folder === null) {
    throw new TuttiError('bad_usage', `${plainLine(source, 1000)} is no folder of a run`, {
      hint: 'Name the new file with -o: a file is never changed.',
    });
  }
  const removedFiles = await noteFurtherFiles(place.folder);
  const outcome = await scoreFinished(place.folder, { scoring, context });
  return { file: place.results, ...outcome!, ...(await removedFiles()) };
}

async function toFile(
  scoring: Scoring,
  input: string | Readable,
  output: string,
): Promise<ScoredResults> {
  await using scored = scoring.begin();
  await scoreFile({ input, output, keys: [scored.recordKeys] });
  return { file: output, ...(await scored.outcome()) };
}
