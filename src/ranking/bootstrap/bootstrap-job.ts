import { clustersOf } from '../input/cluster-ids.ts';
import { addUpGames, type Games, type RowGames } from '../input/games.ts';
import type { RatingData } from '../input/rating-data.ts';
import { rowGamesOf } from '../likelihood/fit-likelihood.ts';
import { METHODS } from '../methods/methods.generated.ts';
import type { MethodFit } from '../methods/rating-method.ts';
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
  /** What the method's rounds begin from. */
  readonly start: unknown;
}

/** Rows with what they belong to. */
export interface ResampledRows {
  readonly table: ComparisonTable;
  readonly rowGames: RowGames | null;
  readonly units: readonly ResampledUnit[];
}

/** Collects what rounds of a bootstrap need; cheap compared with the rounds. */
export function bootstrapJob(
  data: RatingData,
  fit: MethodFit,
  options: ResolvedOptions,
): BootstrapJob {
  const { table } = data;
  const { rescoring } = METHODS[options.method];
  const clusters = clustersOf(table, options.cluster);
  const ofGames = rescoring.reads === 'games';
  const plainRows = table.weight === null && options.bothBad !== 'loss';
  const byCells = ofGames && plainRows && clusters[0]!.ids === null && clusters.length === 1;
  return {
    options,
    items: table.items.length,
    games: ofGames ? (fit.likelihood?.objective.games ?? data.games) : null,
    rows: byCells
      ? null
      : {
          table: bareTable(table, !ofGames && rescoring.judges),
          rowGames: ofGames ? rowGames(data, fit) : null,
          units: clusters.map(({ ids, count }) => ({ ids, count })),
        },
    start: fit.start ?? null,
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
