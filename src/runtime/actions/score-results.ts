import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { scoreFile } from '../../experiment/index.ts';
import { runFolder } from '../../store/index.ts';
import type { ActionContext } from '../context/action-context.ts';
import { scoreFinished } from '../runs/score-finished.ts';
import type { ScoreOptions } from '../scoring/score-options.ts';
import { readScoring, type ScoreOutcome, type Scoring } from '../scoring/scoring.ts';

/** What is scored. */
export interface ResultsToScore extends ScoreOptions {
  /** Path of a run's folder, or of a results file. */
  readonly source: string;
  /** Path of the new file; default: the results in the run's folder are written anew. */
  readonly out?: string | undefined;
}

/** Where scored results are, and what they tell. */
export interface ScoredResults extends ScoreOutcome {
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
  const path = resolve(context.workingFolder, source);
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
  const { completed } = runFolder(path);
  if (isFolder && !(await exists(completed))) throw withoutResults(source);
  if (out !== undefined) {
    return toFile(scoring, isFolder ? completed : path, resolve(context.workingFolder, out));
  }
  if (!isFolder) {
    throw new TuttiError('bad_usage', `${plainLine(source, 1000)} is no folder of a run`, {
      hint: 'Name the new file with -o: a file is never changed.',
    });
  }
  const outcome = await scoreFinished(runFolder(path), { scoring, context });
  return { file: completed, ...outcome! };
}

async function toFile(scoring: Scoring, input: string, output: string): Promise<ScoredResults> {
  const [from, to] = await Promise.all(
    [input, output].map((path) => realpath(path).catch(() => path)),
  );
  if (from === to) {
    throw new TuttiError('bad_usage', `${plainLine(input, 1000)} would be written over itself`, {
      hint: 'Name another file with -o.',
    });
  }
  await using scored = scoring.begin();
  await scoreFile({ input, output, keys: [scored.recordKeys] });
  return { file: output, ...(await scored.outcome()) };
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

function withoutResults(source: string): TuttiError {
  const folder = plainLine(source, 1000);
  return new TuttiError('file_missing', `${folder} has no completed.jsonl`, {
    hint: `Name the folder of a run. Of one that has not ended, \`tutti run ${folder} --finish\` writes what there is.`,
  });
}
