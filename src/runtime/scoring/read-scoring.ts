import type { ActionContext } from '../context/action-context.ts';
import type { ScoreOptions } from './score-options.ts';
import type { Scoring } from './scoring.ts';

/**
 * Makes ready to score, as far as that is asked for; what scores is loaded only then.
 *
 * @returns null where no scorer is named
 * @throws TuttiError `bad_usage` with everything that is wrong with the scorers
 */
export async function readScoring(
  options: ScoreOptions,
  context: Pick<ActionContext, 'workingFolder' | 'clock' | 'onScorerOutput'>,
): Promise<Scoring | null> {
  const { scores = [], thresholds = [], unit, compare = [] } = options;
  if (unit === undefined && scores.length + thresholds.length + compare.length === 0) return null;
  const { openScoring } = await import('./scoring.ts');
  return openScoring(options, context);
}
