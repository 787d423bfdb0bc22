import { type RankRequest, rankTable, readTable } from '../../../arena/index.ts';
import type { TuttiError } from '../../../core/tutti-error.ts';
import type { OptionValues } from '../../command-line/command.ts';
import { tableRequest } from '../../command-line/comparison-options.ts';
import { usageError } from '../../command-line/usage-error.ts';
import type { CliContext } from '../../context/context.ts';
import { EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';
import { renderTableReport } from '../../render/table-report.ts';
import { bootstrapProgress } from './bootstrap-progress.ts';
import { renderHeatMapSvg } from './heat-map-svg.ts';
import { leaderboardRecords, renderLeaderboardCsv, renderMatrixCsv } from './leaderboard-csv.ts';
import { renderProblems } from './leaderboard-notes.ts';
import { renderLeaderboards } from './leaderboards.ts';
import type { RANK_OPTIONS } from './options.ts';

/** The options of `tutti rank` as they were given. */
type RankValues = OptionValues<typeof RANK_OPTIONS>;

const MADE_UNITS = ['comparison', 'pair'];
/** Feature whose influence `--length-controlled` takes out. */
const LENGTH = 'length';

/**
 * Reads, ranks and shows.
 *
 * @returns the exit code.
 * @throws TuttiError `bad_usage`, `bad_input`, `not_comparable` and whatever reading throws.
 */
export async function rankFiles(
  files: readonly string[],
  options: RankValues,
  context: CliContext,
): Promise<number> {
  refuseContradictions(options);
  const { stderr } = context;
  const tell = (text: string) => {
    if (!options.quiet) stderr.write(text);
  };
  const { table, report } = await readTable({
    ...tableRequest(files, options, context),
    ...lengthRequest(options),
    columns: neededColumns(options),
  });
  tell(renderTableReport(report));
  if (options.side && report.rowsWithoutSides > 0) throw noSides(report.rowsWithoutSides);
  const progress = bootstrapProgress(context, options);
  const ranked = await rankTable(table, rankRequest(options, progress)).finally(progress.close);
  const { leaderboards } = ranked;
  const machine = options.json || options.csv || options.svg;
  if (options.json) context.stdout.write(`${JSON.stringify(leaderboardRecords(ranked, report))}\n`);
  else if (options.svg) context.stdout.write(renderHeatMapSvg(leaderboards[0]!));
  else if (options.csv && options.matrix) context.stdout.write(renderMatrixCsv(leaderboards));
  else if (options.csv) context.stdout.write(renderLeaderboardCsv(leaderboards));
  else context.stdout.write(renderLeaderboards(ranked, viewOf(context, options.first)));
  if (machine) stderr.write(renderProblems(ranked, { warnings: !options.quiet }));
  const trusted = leaderboards.every(({ problems }) => problems.length === 0);
  return trusted && ranked.refusals.length === 0 ? EXIT_OK : EXIT_SOME_FAILED;
}

function viewOf({ stdout }: CliContext, first: number | undefined) {
  const { isTerminal, style } = stdout;
  return { width: stdout.size().columns - 1, unicode: isTerminal, style, first };
}

function rankRequest(
  options: RankValues,
  progress: Pick<RankRequest, 'onProgress' | 'signal'>,
): RankRequest {
  const { against, differences, matrix, best, plan, misfit, fragility, choose } = options;
  return {
    methods: options.methods.length > 0 ? [...new Set(options.methods)] : ['bradley-terry'],
    options: {
      tieWeight: options.tieWeight,
      bothBad: options.bothBad,
      prior: options.prior,
      side: options.side,
      anchor: options.anchor,
      minComparisons: options.minComparisons,
      features: options.features.length > 0 ? options.features : undefined,
      reweight: options.reweight,
      ridge: options.ridge,
      intervals: options.intervals,
      bootstrapInterval: options.bootstrapInterval,
      rounds: options.rounds,
      seed: options.seed,
      level: options.level,
      cluster: options.cluster,
      eloK: options.eloK,
      eloStart: options.eloStart,
      shuffles: options.shuffles,
      damping: options.damping,
      tolerance: options.tolerance,
      iterationLimit: options.iterationLimit,
    },
    by: options.by,
    findings: {
      ...{ against, differences, matrix, best, plan, misfit, fragility, choose },
      winRate: winRateOptions(options),
    },
    threads: options.threads,
    onProgress: progress.onProgress,
    signal: progress.signal,
  };
}

function winRateOptions({ winRate, lengthControlled }: RankValues) {
  if (winRate === undefined) return undefined;
  return { baseline: winRate, length: lengthControlled ? LENGTH : undefined };
}

/** The feature that length control needs, as a difference unless another form is asked for. */
function lengthRequest({ lengthControlled, features, featureForm }: RankValues) {
  if (!lengthControlled) return {};
  const form = featureForm ?? 'difference';
  return { features: [...new Set([...features, LENGTH])], featureForm: form };
}

/** Columns besides the usual ones that the ranking itself needs. */
function neededColumns({ by, cluster }: RankValues): string[] {
  const units = cluster?.split(',').map((unit) => unit.trim()) ?? [];
  return [...(by === undefined ? [] : [by]), ...units.filter((unit) => !MADE_UNITS.includes(unit))];
}

/** Which item stands on the left of a list that was taken apart means nothing. */
function noSides(rows: number): TuttiError {
  return usageError(
    `--side needs to know which answer was shown first; ${rows} comparisons do not say so.`,
    'Leave --side out, or give lists with "shown", the names in the order shown.',
  );
}

function refuseContradictions(options: RankValues): void {
  const { json, csv, svg, matrix, lengthControlled, winRate } = options;
  if ([json, csv, svg].filter(Boolean).length > 1) {
    throw usageError('--json, --csv and --svg exclude each other.', 'Give one of them.');
  }
  if (lengthControlled && winRate === undefined) {
    throw usageError('--length-controlled is about win rates.', 'Add --win-rate MODEL.');
  }
  if (svg && !matrix) throw usageError('--svg draws the heat map of --matrix.', 'Add --matrix.');
}
