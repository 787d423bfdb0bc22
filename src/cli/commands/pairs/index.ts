import type { PairStrategy } from '../../../ranking/index.ts';
import { defineCommand } from '../../command-line/command.ts';
import { jsonOption, quietOption } from '../../command-line/common-options.ts';
import {
  onceOption,
  repeatedOption,
  switchOption,
  valueOption,
} from '../../command-line/option.ts';
import { countFrom, name, oneOf, path, rowCondition } from '../../command-line/option-values.ts';

/** `tutti pairs`: which pairs to judge next. */
export const command = defineCommand({
  name: 'pairs',
  summary: 'choose which pairs of answers to judge next',
  description:
    'Chooses pairs from the answers of models (completed records of tutti, or results with model, prompt and ' +
    'result), or from the names of items. Sides are seeded; says how often each item is shown and whether all ' +
    'hang together.',
  arguments: [
    {
      name: 'FILE',
      description: 'Answers as JSON lines; - is standard input',
      required: false,
      repeatable: true,
    },
  ],
  options: {
    items: repeatedOption('--item NAME', 'An item to pair, instead of a file', name),
    strategy: valueOption(
      '--strategy NAME',
      'all; baseline (against --against); distant (the answers that differ most); balanced (even exposure); adaptive (as balanced, until there are 30 comparisons an item and the items differ enough that some pairs tell much more than others)',
      oneOf<PairStrategy>(['all', 'baseline', 'distant', 'balanced', 'adaptive']),
      'balanced; adaptive with --next, baseline with --against',
    ),
    against: valueOption('--against MODEL', 'Pair every other item with this one', name),
    neighbors: valueOption(
      '-n, --neighbors N',
      'Neighbours of each answer in distant',
      countFrom(1, 1000),
      '3',
    ),
    count: valueOption(
      '--next N',
      'So many pairs, for balanced and adaptive',
      countFrom(1, 10_000_000),
      'three an answer; one an item for adaptive',
    ),
    comparisons: repeatedOption(
      '--comparisons FILE',
      'What was judged already: adaptive learns from it, balanced evens it out',
      path,
    ),
    prompts: onceOption(
      '--prompts FILE',
      'JSON lines with an id for each prompt; their columns can be named in --where',
      path,
    ),
    where: repeatedOption(
      '--where COND',
      'Only answers with COLUMN=VALUE (or COLUMN!=VALUE); several values of one column are alternatives',
      rowCondition,
    ),
    seed: valueOption('--seed N', 'Seed of sides and ties', countFrom(0), '1'),
    csv: switchOption('--csv', 'Print CSV: prompt,left,right; cells are safe in spreadsheets'),
    json: { ...jsonOption, description: 'Print {"prompt","model_x","model_y"}, one a line' },
    quiet: quietOption,
  },
  examples: [
    {
      line: 'tutti pairs completed.jsonl --next 200 --json',
      does: 'Choose 200 pairs of answers to be judged next',
    },
    {
      line: 'tutti pairs results.jsonl --prompts prompts.jsonl --where type!=code --strategy distant --csv',
      does: 'Pair the most different answers to some prompts',
    },
    {
      line: 'tutti pairs --comparisons votes.csv --next 50',
      does: 'Go on from the votes there are, with the items in them',
    },
  ],
  exitCodes: { 1: 'the pairs do not connect all items' },
  async run({ arguments: files, options }, context) {
    const { pairFiles } = await import('./pair-files.ts');
    return pairFiles(files, options, context);
  },
});
