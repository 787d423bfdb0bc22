import { clustersOf } from '../input/cluster-ids.ts';
import { addUpGames, type Games, type RowGames } from '../input/games.ts';
import { rowGamesOf } from '../likelihood/fit-likelihood.ts';
import type { OutcomeModel } from '../likelihood/outcome-model.ts';
import type { ListStart, MethodFit, RatingData } from '../methods/rating-method.ts';
import type { ResolvedOptions } from '../options/options.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';
import type { ResampledUnit } from './row-multiplicity.ts';

/** Everything a worker thread needs for rounds of a bootstrap: plain data that can be posted to it. */
export interface BootstrapJob {
  readonly options: ResolvedOptions;
  readonly items: number;
  /** Comparisons added up; null for methods that need rows in order. */
  readonly games: Games | null;
  /** Rows, where a round is more than a multinomial draw of cells. */
  readonly rows: ResampledRows | null;
  /** The fit of the whole data, for the Bradley-Terry family. */
  readonly likelihood: LikelihoodStart | null;
  /** The lists and their fit, for ordered lists. */
  readonly lists: ListStart | null;
  /** Log strengths and reliabilities of the whole data, for `annotator`. */
  readonly crowd: {
    readonly logStrengths: Float64Array;
    readonly reliability: Float64Array;
  } | null;
}

/** Rows with what they belong to. */
export interface ResampledRows {
  readonly table: ComparisonTable;
  readonly rowGames: RowGames | null;
  readonly units: readonly ResampledUnit[];
}

/** Where the refits of the Bradley-Terry family begin. */
export interface LikelihoodStart {
  readonly outcome: OutcomeModel['name'];
  readonly parameters: Float64Array;
  /** Inverse information of the whole data, kept fixed in all rounds. */
  readonly inverse: Float64Array;
}

/** Collects what rounds of a bootstrap need; cheap compared with the rounds. */
export function bootstrapJob(
  data: RatingData,
  fit: MethodFit,
  options: ResolvedOptions,
): BootstrapJob {
  const { table } = data;
  const clusters = clustersOf(table, options.cluster);
  const ofLists = fit.lists !== undefined;
  const needsOrder = options.method === 'elo' || options.method === 'annotator' || ofLists;
  const plainRows = table.weight === null && options.bothBad !== 'loss';
  const byCells = !needsOrder && plainRows && clusters[0]!.ids === null && clusters.length === 1;
  return {
    options,
    items: table.items.length,
    games: needsOrder ? null : (fit.likelihood?.objective.games ?? data.games),
    rows: byCells
      ? null
      : {
          table: bareTable(table, needsOrder && options.method === 'annotator'),
          rowGames: needsOrder ? null : rowGames(data, fit),
          units: clusters.map(({ ids, count }) => ({ ids, count })),
        },
    likelihood:
      fit.likelihood === null
        ? null
        : {
            outcome: fit.likelihood.objective.outcome.name,
            parameters: fit.likelihood.maximum.parameters,
            inverse: fit.likelihood.inverse,
          },
    lists: fit.lists ?? null,
    crowd:
      fit.judges === undefined || fit.logStrengths === undefined
        ? null
        : {
            logStrengths: fit.logStrengths,
            reliability: reliabilities(table, fit),
          },
  };
}

function rowGames(data: RatingData, fit: MethodFit): RowGames {
  if (fit.likelihood !== null) return rowGamesOf(fit.likelihood, data.table);
  const { rows } = data.table;
  const result = { game: new Uint32Array(rows), outcome: new Uint8Array(rows) };
  addUpGames(data.table, undefined, result);
  return result;
}

/** Leaves behind the columns that no round reads. */
function bareTable(table: ComparisonTable, keepJudges: boolean): ComparisonTable {
  const { judge } = table.groups;
  return {
    ...table,
    groups: keepJudges && judge !== undefined ? { judge: { ...judge, names: null } } : {},
    features: {},
  };
}

function reliabilities(table: ComparisonTable, fit: MethodFit): Float64Array {
  const judges = table.groups.judge!;
  const known = new Map(fit.judges!.map((one) => [one.judge, one.reliability]));
  return Float64Array.from(
    { length: judges.count },
    (_, judge) => known.get(judges.names?.[judge] ?? String(judge)) ?? 0.9,
  );
}
