import { type BothBad, METHOD_NAMES } from '../../../ranking/index.ts';
import { quietOption } from '../../command-line/common-options.ts';
import { COMPARISON_OPTIONS } from '../../command-line/comparison-options.ts';
import { repeatedOption, switchOption, valueOption } from '../../command-line/option.ts';
import { anchor, countFrom, name, numberFrom, oneOf } from '../../command-line/option-values.ts';
import { iterationLimits, methodsThat } from './method-words.ts';

/** What is fitted. */
const METHOD_OPTIONS = {
  methods: repeatedOption(
    '-m, --method NAME',
    `${METHOD_NAMES.slice(0, -1).join(', ')} or ${METHOD_NAMES.at(-1)} (default bradley-terry)`,
    oneOf(METHOD_NAMES),
  ),
  by: valueOption('--by COLUMN', 'A ranking for each value of a column, or for each file', name),
  tieWeight: valueOption(
    '--tie-weight X',
    'Part of a win that a tie is worth on each side, 0 to 1',
    numberFrom(0, 1),
    '0.5',
  ),
  bothBad: valueOption(
    '--both-bad HOW',
    `A verdict that both are bad is a tie, a loss for both (${methodsThat((one) => one.lossForBoth)}) or dropped: tie, loss or drop`,
    oneOf<BothBad>(['tie', 'loss', 'drop']),
    'tie',
  ),
  prior: valueOption(
    '--prior K',
    'K/2 wins and K/2 losses of every item against a fixed item of rating 1000; makes everything finite',
    numberFrom(0, 1e6),
    '0',
  ),
  side: switchOption('--side', 'Estimate the advantage of the side shown first'),
  anchor: valueOption(
    '--anchor MODEL=RATING',
    'Shift all ratings so that this one is as said; no width changes',
    anchor,
  ),
  minComparisons: valueOption(
    '--min-comparisons N',
    'Leave items with fewer out',
    countFrom(0),
    '0',
  ),
  reweight: valueOption(
    '--reweight N',
    'Weigh each comparison by 1 / how often its two items met, N at least (as arena-rank does, with 50)',
    countFrom(1),
    'all weigh the same',
  ),
  ridge: valueOption(
    '--ridge X',
    'Penalty X/2 on squared coefficients of features, 0 or more',
    numberFrom(0, 1e12),
    '0',
  ),
  eloK: valueOption('--elo-k X', 'Most points that a comparison moves', numberFrom(1e-9, 1e6), '4'),
  eloStart: valueOption('--elo-start X', 'First rating', numberFrom(-1e9, 1e9), '1000'),
  shuffles: valueOption(
    '--shuffles N',
    'Random orders behind the mean and deviation of elo',
    countFrom(0, 100_000),
    '20',
  ),
  tolerance: valueOption(
    '--tolerance X',
    'Largest residual of a converged fit',
    numberFrom(1e-14, 1),
    '1e-9',
  ),
  iterationLimit: valueOption(
    '--iterations N',
    'Most iterations of a fit',
    countFrom(1),
    iterationLimits(),
  ),
  damping: valueOption('--damping X', 'Of pagerank, 0 to 0.9999', numberFrom(0, 0.9999), '0.85'),
} as const;

/** How sure it is. */
const INTERVAL_OPTIONS = {
  intervals: valueOption(
    '--intervals KIND',
    'sandwich, bootstrap or none',
    oneOf<'sandwich' | 'bootstrap' | 'none'>(['sandwich', 'bootstrap', 'none']),
    'sandwich where the method has it',
  ),
  bootstrapInterval: valueOption(
    '--bootstrap-interval KIND',
    'percentile, basic or bca',
    oneOf<'percentile' | 'basic' | 'bca'>(['percentile', 'basic', 'bca']),
    'percentile',
  ),
  rounds: valueOption('--rounds N', 'Rounds of the bootstrap', countFrom(2, 1_000_000), '1000'),
  threads: valueOption(
    '--threads N',
    'Threads of the bootstrap; results do not depend on it',
    countFrom(1, 64),
    'one for each core, at most 8',
  ),
  seed: valueOption('--seed N', 'Seed of everything random', countFrom(0), '1'),
  level: valueOption('--level X', 'Confidence, 0.01 to 0.9999', numberFrom(0.01, 0.9999), '0.95'),
  cluster: valueOption(
    '--cluster UNIT',
    'What is independent: comparison, pair (a prompt and two items), ranking, prompt, judge, another column, or two with a comma (a third word, comparison, for what R calls multi0)',
    name,
    'the first known of prompt and judge with at least 10 values, ranking, comparison',
  ),
} as const;

/** What else is wanted of a ranking. */
const FINDING_OPTIONS = {
  against: valueOption(
    '--against MODEL',
    'Differences to a baseline, with intervals that hold for all at once',
    name,
  ),
  winRate: valueOption(
    '--win-rate MODEL',
    'How often each item wins against this one, a tie being half a win',
    name,
  ),
  lengthControlled: switchOption(
    '--length-controlled',
    "Win rates at equal length of the answers too (AlpacaEval's model); needs the answers, or --feature length",
  ),
  differences: switchOption('--differences', 'All differences with adjusted p-values'),
  matrix: switchOption(
    '--matrix',
    'p(x beats y) with an interval for each pair alone; a heat map of the first and last seven',
  ),
  best: valueOption(
    '--best K',
    'Probability of being the best, and among the first K, by a flat prior',
    countFrom(1),
  ),
  plan: switchOption(
    '--plan',
    'How many more comparisons (prompts, judges) would separate first from second if the true difference is the one seen',
  ),
  misfit: switchOption('--misfit', 'The ten pairs that fit worst, and a test of fit'),
  fragility: switchOption(
    '--fragility',
    'The fewest votes whose removal changes the first place; at most so many where not all sets could be tried',
  ),
  choose: switchOption('--choose', 'Compare the models of ties on held-out comparisons'),
} as const;

/** How it is shown. */
const OUTPUT_OPTIONS = {
  first: valueOption('--first N', 'Show only the first N items', countFrom(1), 'all'),
  csv: switchOption(
    '--csv',
    'Print CSV (of --matrix: of all pairs); cells are safe in spreadsheets',
  ),
  svg: switchOption('--svg', 'Print the heat map of --matrix as SVG'),
  json: switchOption('--json', 'Print a JSON array, an object for each method and group'),
  quiet: quietOption,
} as const;

/** All options of `tutti rank`. */
export const RANK_OPTIONS = {
  ...METHOD_OPTIONS,
  ...COMPARISON_OPTIONS,
  ...INTERVAL_OPTIONS,
  ...FINDING_OPTIONS,
  ...OUTPUT_OPTIONS,
} as const;
