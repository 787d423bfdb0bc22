import { TuttiError } from '../../core/tutti-error.ts';
import { VERSION } from '../../core/version.ts';
import type { ComparisonTable } from '../../ranking/index.ts';
import {
  bootstrapJob,
  bootstrapUnits,
  correlateRankings,
  finishRanking,
  type MethodName,
  type PreparedRanking,
  prepareRanking,
  type Ranking,
  type RankOptions,
  rankingRecord,
  type UnitRounds,
} from '../../ranking/index.ts';
import { runBootstrap } from '../bootstrap/bootstrap-threads.ts';
import { unknownColumn } from '../tables/row-conditions.ts';
import { type FindingOptions, findingsOf } from './findings.ts';
import type { Leaderboard, RankedTable, RankRefusal } from './leaderboard.ts';
import { optionsOf } from './method-options.ts';
import { neighbourScores } from './neighbours.ts';

/** What is ranked, and what is wanted of it. */
export interface RankRequest {
  readonly methods: readonly MethodName[];
  /** For all methods; what only some have is left out for the others, with a warning. */
  readonly options: Omit<RankOptions, 'method' | 'keep'>;
  /** Column whose groups are ranked apart. */
  readonly by?: string | undefined;
  readonly findings?: FindingOptions | undefined;
  /** Threads of the bootstrap; default one for each core. */
  readonly threads?: number | undefined;
  readonly onProgress?: ((progress: RankProgress) => void) | undefined;
  /** Ends a bootstrap; the ranking is then rejected with `interrupted`. */
  readonly signal?: AbortSignal | undefined;
}

/** How far a bootstrap is. */
export interface RankProgress {
  readonly method: MethodName;
  readonly group: string | null;
  readonly done: number;
  readonly rounds: number;
}

/**
 * Ranks a table by each method, and by each group of a column. Bootstraps run in threads.
 *
 * @throws TuttiError as `rank`; with `by`, groups that cannot be ranked are refusals unless all are.
 */
export async function rankTable(
  table: ComparisonTable,
  request: RankRequest,
): Promise<RankedTable> {
  const boards: Leaderboard[] = [];
  const refusals: RankRefusal[] = [];
  let lastRefusal: TuttiError | undefined;
  for (const { group, keep } of groupsOf(table, request.by)) {
    let order: readonly string[] | null = null;
    for (const method of request.methods) {
      try {
        const found = await rankGroup(table, method, group, keep, request);
        order ??= found.board.items.map(({ item }) => item);
        const neighbours =
          request.methods.length > 1 ? neighbourScores(found.ranking, order) : undefined;
        boards.push({ ...found.board, ...(neighbours && { neighbours }) });
      } catch (error) {
        if (group === null || !(error instanceof TuttiError) || error.code === 'bad_usage')
          throw error;
        const { code, message, hint } = error;
        refusals.push({ method, group, code, message, hint });
        lastRefusal = error;
      }
    }
  }
  if (boards.length === 0 && lastRefusal !== undefined) throw lastRefusal;
  return { leaderboards: correlate(boards), refusals };
}

interface Group {
  readonly group: string | null;
  readonly keep: ((row: number) => boolean) | undefined;
}

function groupsOf(table: ComparisonTable, by: string | undefined): Group[] {
  if (by === undefined) return [{ group: null, keep: undefined }];
  const column = table.groups[by];
  if (column === undefined) throw unknownColumn(by, Object.keys(table.groups));
  const there = new Set<number>();
  const known = column.known ?? column.count;
  for (let row = 0; row < table.rows; row++) {
    if (column.ids[row]! < known) there.add(column.ids[row]!);
  }
  return [...there].map((id) => ({
    group: column.names?.[id] ?? String(id),
    keep: (row) => column.ids[row] === id,
  }));
}

async function rankGroup(
  table: ComparisonTable,
  method: MethodName,
  group: string | null,
  keep: Group['keep'],
  request: RankRequest,
): Promise<{ board: Leaderboard; ranking: Ranking }> {
  const alone = request.methods.length === 1;
  const { options, notes } = optionsOf(method, request.options, alone);
  const prepared = prepareRanking(table, { ...options, keep });
  const ranking = finishRanking(prepared, await drawnRounds(prepared, method, group, request));
  const record = rankingRecord(ranking);
  const board: Leaderboard = {
    by: group === null ? null : { column: request.by!, group },
    ...record,
    warnings: [...notes, ...record.warnings],
    fit: { ...record.fit, version: VERSION },
    correlations: [],
    ...findingsOf(prepared, ranking, request.findings ?? {}, alone),
  };
  return { board, ranking };
}

/** The rounds of a bootstrap for each unit that has to be drawn; none for other intervals. */
async function drawnRounds(
  prepared: PreparedRanking,
  method: MethodName,
  group: string | null,
  { onProgress, threads, signal }: RankRequest,
): Promise<UnitRounds[]> {
  const { data, fit, options } = prepared;
  if (options.intervals !== 'bootstrap') return [];
  const units = bootstrapUnits(prepared);
  const rounds = options.rounds * units.length;
  const drawn: UnitRounds[] = [];
  for (const [at, unit] of units.entries()) {
    const before = at * options.rounds;
    const tell =
      onProgress && ((done: number) => onProgress({ method, group, done: before + done, rounds }));
    const job = bootstrapJob(data, fit, { ...options, cluster: unit });
    drawn.push({ unit, ...(await runBootstrap(job, { threads, signal, onProgress: tell })) });
  }
  return drawn;
}

/** Adds to each leaderboard how it correlates with every other one of its method or of its group. */
function correlate(boards: readonly Leaderboard[]): Leaderboard[] {
  return boards.map((board) => ({
    ...board,
    correlations: boards
      .filter((other) => other !== board && isComparable(board, other))
      .map((other) => ({
        method: other.method,
        group: other.by?.group ?? null,
        ...correlateRankings(board, other),
      })),
  }));
}

function isComparable(one: Leaderboard, other: Leaderboard): boolean {
  return one.method === other.method || one.by?.group === other.by?.group;
}
