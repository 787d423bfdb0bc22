import type { Judging } from '../../../panel/index.ts';
import type { ConsortiumFlags } from '../../../runtime/index.ts';
import type { OptionValues } from '../../command-line/command.ts';
import {
  anyText,
  onceOption,
  type Parsed,
  repeatedOption,
  switchOption,
  valueOption,
} from '../../command-line/option.ts';
import {
  countFrom,
  name,
  numberFrom,
  oneOf,
  secondsFrom,
} from '../../command-line/option-values.ts';
import { parameter } from '../../command-line/parameter.ts';

const DAY_SECONDS = 24 * 60 * 60;

/** Reads a number; one outside of 0 to 100 is told with all else that is wrong with the consortium. */
function threshold(text: string): Parsed<number> {
  const read = numberFrom(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)(text);
  return 'value' in read ? read : { problem: 'must be a number, such as 0.8 or 80' };
}

/** The options that say what a consortium is. */
export const DEFINITION_OPTIONS = {
  models: repeatedOption(
    '-m, --model MODEL[:N]',
    'Member; with :N, from 1 to 20, so many instances of it. Any other tail belongs to the name',
    anyText,
  ),
  arbiters: repeatedOption(
    '--arbiter MODEL',
    'Who makes one answer of theirs; the next one named when it fails',
    name,
  ),
  strategies: repeatedOption(
    '--strategy NAME',
    'Strategy, in order (tutti consortium strategies), or a file of your own such as ./mine.ts',
    name,
  ),
  strategyParameters: repeatedOption(
    '--strategy-param NAME=VALUE',
    'Parameter of a strategy, such as elimination.keep=1: JSON where VALUE is JSON, else text',
    parameter,
  ),
  judging: valueOption(
    '--judging HOW',
    'What the arbiter does: synthesis (writes an answer), rank or pick-one (chooses one)',
    oneOf<Judging>(['synthesis', 'rank', 'pick-one']),
    'synthesis',
  ),
  confidenceThreshold: valueOption(
    '--confidence-threshold X',
    'No further round from here on: up to 1 a share, above 1 to 100 per cent',
    threshold,
    '0.8',
  ),
  maxIterations: valueOption('--max-iterations N', 'Rounds at most', countFrom(1, 100), '3'),
  minIterations: valueOption('--min-iterations N', 'Rounds at least', countFrom(1, 100), '1'),
  memberTimeoutMs: valueOption(
    '--member-timeout TIME',
    "A member's time for a round, waits and retries included: 120s, 2m",
    secondsFrom(0.001, DAY_SECONDS),
    '120s',
  ),
  quorum: valueOption(
    '--quorum N',
    'Members that must have answered',
    countFrom(1, 10_000),
    'more than half',
  ),
  extract: onceOption(
    '--extract HOW',
    'How an answer is found in a response: number, choice, json:POINTER, text, re:PATTERN; default its last "Answer:" line',
    name,
  ),
  all: switchOption('--all', 'Wait for all members although a vote is decided'),
  system: onceOption('--system TEXT', 'System message of the members', anyText),
  seed: valueOption('--seed N', 'Seed of orders and draws', countFrom(0), '0'),
} as const;

/** What was given of these options; what was not is left to the file. */
export function consortiumFlags(options: OptionValues<typeof DEFINITION_OPTIONS>): ConsortiumFlags {
  const { models, arbiters, strategies, strategyParameters, judging } = options;
  const { confidenceThreshold, maxIterations } = options;
  const { minIterations, memberTimeoutMs, quorum, extract, all, system, seed } = options;
  const given = <Value>(list: readonly Value[]) => (list.length > 0 ? list : undefined);
  return {
    members: given(models),
    arbiters: given(arbiters),
    strategies: given(strategies),
    strategyParameters: given(strategyParameters),
    ...{ judging, confidenceThreshold, maxIterations, minIterations, memberTimeoutMs },
    ...{ quorum, extract, system, seed },
    all: all ? true : undefined,
  };
}
