import { choosePairs, type RowCondition } from '../../../arena/index.ts';
import type { PairStrategy } from '../../../ranking/index.ts';
import { comparisonSources } from '../../command-line/comparison-options.ts';
import { usageError } from '../../command-line/usage-error.ts';
import type { CliContext } from '../../context/context.ts';
import { EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';
import { renderPairCsv, renderPairJson, renderPairPlan, renderPairTable } from './pair-plan.ts';

/** The options of `tutti pairs` as they were given. */
interface PairValues {
  readonly items: readonly string[];
  readonly strategy: PairStrategy | undefined;
  readonly against: string | undefined;
  readonly neighbors: number | undefined;
  readonly count: number | undefined;
  readonly comparisons: readonly string[];
  readonly prompts: string | undefined;
  readonly where: readonly RowCondition[];
  readonly seed: number | undefined;
  readonly csv: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

/**
 * Reads, chooses and shows.
 *
 * @returns the exit code: 1 when the pairs leave items that cannot be compared.
 * @throws TuttiError `bad_usage`, `bad_input`, `too_many_items` and whatever reading throws.
 */
export async function pairFiles(
  files: readonly string[],
  options: PairValues,
  context: CliContext,
): Promise<number> {
  const { stdout, stderr } = context;
  const { items, comparisons, csv, json } = options;
  if (csv && json) throw usageError('--json and --csv exclude each other.', 'Give one of them.');
  if (files.length + items.length + comparisons.length === 0) {
    throw usageError(
      'There is nothing to pair.',
      'Give a FILE of answers, --item or --comparisons.',
    );
  }
  const plan = await choosePairs({
    files: comparisonSources(files, context),
    items,
    prompts: options.prompts,
    where: options.where,
    comparisons: comparisonSources(comparisons, context),
    options: {
      strategy: strategyOf(options),
      baseline: options.against,
      neighbors: options.neighbors,
      count: options.count,
      seed: options.seed,
    },
  });
  const width = stdout.size().columns - 1;
  if (json) stdout.write(renderPairJson(plan));
  else if (csv) stdout.write(renderPairCsv(plan));
  else stdout.write(renderPairTable(plan, width, stdout.style));
  const connected = plan.components.length <= 1;
  if (!options.quiet || !connected) stderr.write(renderPairPlan(plan, stderr.size().columns - 1));
  return connected ? EXIT_OK : EXIT_SOME_FAILED;
}

function strategyOf({ strategy, against, count }: PairValues): PairStrategy | undefined {
  if (against !== undefined && strategy !== undefined && strategy !== 'baseline') {
    throw usageError(`--against has no meaning for ${strategy}.`, 'Leave one of them out.');
  }
  if (against !== undefined) return 'baseline';
  return strategy ?? (count === undefined ? undefined : 'adaptive');
}
