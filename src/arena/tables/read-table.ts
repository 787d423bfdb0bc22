import { LEAK_WORDS } from '../../core/maker-names.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { readLines } from '../../io/index.ts';
import {
  type Cap,
  type CleaningReport,
  type ComparisonTable,
  cleanComparisons,
  selectRows,
  VERDICT_CODES,
} from '../../ranking/index.ts';
import {
  type ComparisonFileReport,
  type ComparisonSource,
  type FeatureForm,
  type InvalidReport,
  readComparisons,
  readRenames,
  type WinnerIs,
} from '../votes/index.ts';
import { FILE_COLUMN, withFileColumn } from './file-column.ts';
import { conditionText, type RowCondition, rowTest } from './row-conditions.ts';

/** Steps of hygiene that can be named; none runs by itself. */
export const DROP_STEPS = ['leaks', 'duplicates', 'outliers'] as const;

/** Name of a step of hygiene. */
export type DropStep = (typeof DROP_STEPS)[number];

/** Which comparisons are read and which of them stay. */
export interface TableRequest {
  readonly files: readonly ComparisonSource[];
  /** Leaves out rows that are not understood, counted, instead of stopping; default false. */
  readonly skipInvalid?: boolean | undefined;
  /** Further columns to keep, for `by` and `cluster`; `file` and `day` are made. */
  readonly columns?: readonly string[] | undefined;
  readonly features?: readonly string[] | undefined;
  readonly featureForm?: FeatureForm | undefined;
  /** Weight of arena-hard's strong labels; default 3. */
  readonly strongWeight?: number | undefined;
  readonly where?: readonly RowCondition[] | undefined;
  readonly drop?: readonly DropStep[] | undefined;
  /** File of words that give a model away, one a line, for `leaks`; default a list of the usual ones. */
  readonly leakWordsFile?: string | undefined;
  readonly caps?: readonly Cap[] | undefined;
  /** Reads a winner that may be a side or the name of an item as the one; default: it is not understood. */
  readonly winnerIs?: WinnerIs | undefined;
  /** CSV file with the columns `from` and `to`: new names of items. */
  readonly renameFile?: string | undefined;
  /** Tells the turns of a conversation apart as units of agreement; default false. */
  readonly turns?: boolean | undefined;
  /** Takes the name of the file as the judge of files without a judge column; default false. */
  readonly fileAsJudge?: boolean | undefined;
}

/** What was read and what was left out. */
export interface TableReport {
  readonly files: readonly ComparisonFileReport[];
  /** Rows not understood and left out. */
  readonly invalid: InvalidReport;
  readonly nullGames: number;
  /** Verdicts on several answers that hold no ranking. */
  readonly withoutRanking: number;
  /** Verdicts between a win and a tie, of which each is two rows with weights. */
  readonly softVerdicts: number;
  /** How many verdicts were words, letters, numbers or names. */
  readonly spellings: Readonly<Record<string, number>>;
  /** Rows without a prompt, and without a judge, where others have one. */
  readonly missing: Readonly<Record<string, number>>;
  /** New names that no row has, as they stand under `from`. */
  readonly unusedRenames: readonly string[];
  /** Rows of rankings that do not say which answer was shown first. */
  readonly rowsWithoutSides: number;
  readonly incompleteColumns: readonly string[];
  /** Each step that was named, in order, and how many rows it removed. */
  readonly steps: readonly CleaningReport[];
  /** What is left, and how many of these verdicts say that both are bad. */
  readonly comparisons: number;
  readonly items: number;
  readonly bothBad: number;
}

const KNOWN_COLUMNS = ['prompt', 'judge', 'category', 'day', FILE_COLUMN];

/**
 * Reads files into one table and cleans it: first what is read at all, then `where`, duplicates, caps
 * and outliers.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`, `bad_input`, `bad_usage`, `no_comparisons`.
 */
export async function readTable(
  request: TableRequest,
): Promise<{ table: ComparisonTable; report: TableReport }> {
  const { where = [], drop = [], caps = [] } = request;
  const columns = [
    ...(request.columns ?? []),
    ...where.map(({ column }) => column),
    ...caps.flatMap((cap) => cap.columns),
  ];
  const rename =
    request.renameFile === undefined ? undefined : await readRenames(request.renameFile);
  const read = await readComparisons(request.files, {
    rename,
    winnerIs: request.winnerIs,
    turns: request.turns,
    skipInvalid: request.skipInvalid,
    keepColumns: [...new Set(columns)].filter((column) => !KNOWN_COLUMNS.includes(column)),
    features: request.features,
    featureForm: request.featureForm,
    strongWeight: request.strongWeight,
    days: columns.includes('day'),
    leakWords: drop.includes('leaks') ? await leakWords(request.leakWordsFile) : undefined,
    fileAsJudge: request.fileAsJudge,
  });
  const named = columns.includes(FILE_COLUMN) ? withFileColumn(read.table, read.files) : read.table;
  const chosen = where.length === 0 ? named : chosenRows(named, where);
  const cleaned = cleanComparisons(chosen, {
    duplicates: drop.includes('duplicates'),
    caps,
    outliers: drop.includes('outliers'),
  });
  const { table } = cleaned;
  const step = (name: string, removedRows: number) => ({ step: name, removedRows, judges: [] });
  return {
    table,
    report: {
      files: read.files,
      invalid: read.invalid,
      nullGames: read.nullGames,
      withoutRanking: read.withoutRanking,
      softVerdicts: read.softVerdicts,
      spellings: read.spellings,
      missing: read.missing,
      unusedRenames: unusedRenames(rename, read.table.items),
      rowsWithoutSides: read.rowsWithoutSides,
      incompleteColumns: read.incompleteColumns,
      steps: [
        ...(drop.includes('leaks') ? [step('leaks', read.leaks)] : []),
        ...(where.length === 0
          ? []
          : [step(`where ${where.map(conditionText).join(', ')}`, named.rows - chosen.rows)]),
        ...cleaned.reports,
      ],
      comparisons: table.rows,
      items: table.items.length,
      bothBad: countBothBad(table),
    },
  };
}

/** Names that were to be changed although nothing became what they were to be. */
function unusedRenames(
  rename: ReadonlyMap<string, string> | undefined,
  items: readonly string[],
): string[] {
  const there = new Set(items);
  return [...(rename ?? [])].filter(([, to]) => !there.has(to)).map(([from]) => from);
}

async function leakWords(file: string | undefined): Promise<readonly string[]> {
  if (file === undefined) return LEAK_WORDS;
  const words: string[] = [];
  for await (const lines of readLines(file)) words.push(...lines.map(({ text }) => text));
  return words;
}

function chosenRows(table: ComparisonTable, where: readonly RowCondition[]): ComparisonTable {
  const keep = rowTest(table, where);
  // `loss` leaves the verdicts as they are: what both bad means is decided later.
  const chosen = selectRows(table, { bothBad: 'loss', minComparisons: 0, keep }).table;
  if (chosen.rows > 0) return chosen;
  throw new TuttiError(
    'no_comparisons',
    `No comparison has ${where.map(conditionText).join(', ')}.`,
  );
}

function countBothBad({ verdict, rows }: ComparisonTable): number {
  let count = 0;
  for (let row = 0; row < rows; row++) if (verdict[row] === VERDICT_CODES.both_bad) count++;
  return count;
}
