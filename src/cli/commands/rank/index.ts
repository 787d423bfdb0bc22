import { defineCommand } from '../../command-line/command.ts';
import { COMPARISON_FILES } from '../../command-line/comparison-options.ts';
import { RANK_OPTIONS } from './options.ts';

/** `tutti rank`: from comparisons to a leaderboard with intervals. */
export const command = defineCommand({
  name: 'rank',
  summary: 'rate items from comparisons, with intervals that say how sure it is',
  description:
    'Reads which of two answers was better (left, right, winner; model_a, model_b, winner; judgments of ' +
    'arena-hard; ordered lists; logs of parallellm-pump) and rates the items. Intervals take into account that ' +
    'verdicts on one prompt, or of one judge, are not independent. A fit that cannot be trusted says so.',
  arguments: [COMPARISON_FILES],
  options: RANK_OPTIONS,
  examples: [
    { line: 'tutti rank votes.csv', does: 'Rate models from votes' },
    {
      line: 'tutti rank people.csv gpt-4.csv --by file --method davidson',
      does: 'Rank by two judges apart, with a model of ties, and see how they agree',
    },
    {
      line: 'tutti rank votes.csv --against baseline-model --fragility --json',
      does: 'See differences to a baseline and what the first place hangs on, for a program',
    },
  ],
  exitCodes: {
    0: 'every ranking can be trusted',
    1: 'a fit did not converge or has too few finite rounds, or a group cannot be ranked',
    2: 'items are not comparable, the input is bad, or it cannot be read',
  },
  async run({ arguments: files, options }, context) {
    const { rankFiles } = await import('./rank-files.ts');
    return rankFiles(files, options, context);
  },
});
