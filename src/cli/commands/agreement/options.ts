import { type AlphaInterval, DISTANCES } from '../../../ranking/index.ts';
import { jsonOption, quietOption } from '../../command-line/common-options.ts';
import { COMPARISON_OPTIONS } from '../../command-line/comparison-options.ts';
import { switchOption, valueOption } from '../../command-line/option.ts';
import { countFrom, numberFrom, oneOf } from '../../command-line/option-values.ts';

/** All options of `tutti agreement`. */
export const AGREEMENT_OPTIONS = {
  matrix: switchOption(
    '--matrix',
    'The file is a table without a header: a line for each judge, a cell for each unit',
  ),
  distance: valueOption(
    '--distance NAME',
    'How far two ratings are apart: nominal, ordinal, interval or ratio',
    oneOf(DISTANCES),
    'nominal',
  ),
  interval: valueOption(
    '--interval KIND',
    'Interval of alpha: clusters (leaves out a prompt at a time, as for all other figures), bootstrap (draws whole prompts), units (draws whole units), hayes (as the KALPHA macro) or none',
    oneOf<AlphaInterval>(['clusters', 'bootstrap', 'units', 'hayes', 'none']),
    'clusters',
  ),
  cluster: valueOption(
    '--cluster UNIT',
    'What intervals take for independent: prompt or unit (a prompt and a pair)',
    oneOf<'prompt' | 'unit'>(['prompt', 'unit']),
    'prompt where there are two or more',
  ),
  rounds: valueOption(
    '--rounds N',
    'Resamples of bootstrap, units and hayes',
    countFrom(1, 1_000_000),
    '1000',
  ),
  seed: valueOption('--seed N', 'Seed of everything random', countFrom(0), '1'),
  level: valueOption('--level X', 'Confidence, 0.01 to 0.9999', numberFrom(0.01, 0.9999), '0.95'),
  commonUnits: valueOption(
    '--common-units N',
    "Units that two judges must share for a kappa of Cohen's",
    countFrom(1),
    '10',
  ),
  outlierRule: valueOption(
    '--outlier-rule RULE',
    "sequential (threshold judges/alpha) or fastchat (1/alpha, FastChat's own)",
    oneOf<'sequential' | 'fastchat'>(['sequential', 'fastchat']),
    'sequential',
  ),
  alpha: valueOption('--alpha X', 'Error of the outlier test', numberFrom(1e-6, 0.5), '0.05'),
  ...COMPARISON_OPTIONS,
  first: valueOption('--first N', 'Show only so many judges', countFrom(1), '20'),
  json: { ...jsonOption, description: 'Print one JSON object' },
  quiet: quietOption,
} as const;
