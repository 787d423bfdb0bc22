import type { Readable } from 'node:stream';
import { TuttiError } from '../../core/tutti-error.ts';
import { openRows } from '../../io/datasets/index.ts';
import { feedWholeLines } from '../../io/delimited/index.ts';
import { type FileLayer, nodeFiles } from '../../io/index.ts';
import type { ComparisonTable } from '../../ranking/index.ts';
import { ComparisonCollector } from './comparison-collector.ts';
import type { ComparisonForm } from './comparison-forms.ts';
import type { Container } from './container.ts';
import { FormReader } from './form-reader.ts';
import type { InvalidReport } from './invalid-values.ts';
import type { ReadComparisonsOptions } from './read-options.ts';
import { shortFileName } from './short-file-name.ts';

/** A file by its path, or a stream with the name that messages use. */
export type ComparisonSource = string | { readonly name: string; readonly stream: Readable };

/** What one file turned out to be. */
export interface ComparisonFileReport {
  readonly name: string;
  readonly form: ComparisonForm;
  readonly container: Container;
  readonly gzip: boolean;
  /** Rows of the table that came from it; a ranking or a judgment makes several. */
  readonly rows: number;
}

/** Comparisons of one or more files in one table, and what happened on the way. */
export interface ComparisonFiles {
  readonly table: ComparisonTable;
  readonly files: readonly ComparisonFileReport[];
  /** Rows that were left out because they were not understood. */
  readonly invalid: InvalidReport;
  /** Games without a verdict in arena-hard judgments. */
  readonly nullGames: number;
  /** Verdicts on several answers that say themselves that they hold no ranking. */
  readonly withoutRanking: number;
  /** Rows left out because an answer gives its model away; 0 unless `leakWords` is given. */
  readonly leaks: number;
  /** Verdicts between a win and a tie: each became two rows with weights, one observation. */
  readonly softVerdicts: number;
  /** How many verdicts were words, letters (A, B, C), numbers (points of the left item) or names. */
  readonly spellings: Readonly<Record<string, number>>;
  /** Rows without a prompt, and without a judge, where others have one: each stands for itself. */
  readonly missing: Readonly<Record<string, number>>;
  /** Rows whose left item is not known to have been shown first: position bias means nothing there. */
  readonly rowsWithoutSides: number;
  /** Group columns that some rows lack, and that the table therefore does not have. */
  readonly incompleteColumns: readonly string[];
}

/**
 * Reads comparisons from CSV, TSV or JSON lines, each also packed with gzip, or from logs of rankings;
 * the form is recognised from the first line. Memory grows by 5 bytes a row and some 4 more for each
 * group column, not with the size of the file.
 *
 * @param files file operations; default those of the machine.
 * @throws TuttiError `file_missing`, `file_unreadable`, `bad_input` for an unknown form, a missing
 * column, and (unless `skipInvalid`) any row that is not understood.
 */
export async function readComparisons(
  sources: readonly ComparisonSource[],
  options: ReadComparisonsOptions = {},
  files: FileLayer = nodeFiles,
): Promise<ComparisonFiles> {
  const collector = new ComparisonCollector(options.rename);
  const bytesOfAll = await totalBytes(sources, files);
  const reports: ComparisonFileReport[] = [];
  for (const source of sources) {
    reports.push(await readFile(source, collector, options, bytesOfAll, files));
  }
  if (!options.skipInvalid) collector.invalid.stopIfAny();
  const { table, incompleteColumns, missing } = collector.finish();
  refuseMissing(options, table, incompleteColumns);
  return {
    table,
    files: reports,
    invalid: collector.invalid.report(),
    nullGames: collector.nullGames,
    withoutRanking: collector.withoutRanking,
    leaks: collector.leaks,
    softVerdicts: collector.softVerdicts,
    spellings: collector.spellings,
    missing,
    rowsWithoutSides: collector.rowsWithoutSides,
    incompleteColumns,
  };
}

async function readFile(
  source: ComparisonSource,
  collector: ComparisonCollector,
  options: ReadComparisonsOptions,
  bytesOfAll: number,
  files: FileLayer,
): Promise<ComparisonFileReport> {
  const [name, from] = typeof source === 'string' ? [source, source] : [source.name, source.stream];
  const before = collector.rows;
  const judgedBefore = collector.filled('judge');
  const { gzip, chunks } = await openRows(from, name, files);
  const context = { collector, options, file: name };
  const reader = new FormReader(context, gzip ? 0 : bytesOfAll);
  await feedWholeLines(
    chunks,
    (...lines) => reader.take(...lines),
    name,
    () => reader.line,
    (...held) => reader.needsLines(...held),
  );
  const { form, container } = reader.finish();
  if (options.leakWords !== undefined && container !== 'jsonl' && container !== 'json') {
    throw new TuttiError('bad_input', `${name} holds no answers, so leaks cannot be looked for`, {
      hint: 'Leaks need JSON lines with the conversations of both models.',
    });
  }
  if (options.fileAsJudge && collector.filled('judge') === judgedBefore) {
    const judge = shortFileName(name);
    for (let row = before; row < collector.rows; row++) collector.setGroup('judge', row, judge);
  }
  return { name, form, container, gzip, rows: collector.rows - before };
}

async function totalBytes(sources: readonly ComparisonSource[], files: FileLayer): Promise<number> {
  let total = 0;
  for (const source of sources) {
    if (typeof source !== 'string') continue;
    // A missing file is reported with its full message when it is opened.
    total += await files.stat(source).then(
      (status) => status.size,
      () => 0,
    );
  }
  return total;
}

function refuseMissing(
  options: ReadComparisonsOptions,
  table: ComparisonTable,
  incomplete: readonly string[],
): void {
  if (table.rows === 0) return;
  for (const column of [...(options.keepColumns ?? []), ...(options.days ? ['day'] : [])]) {
    if (Object.hasOwn(table.groups, column)) continue;
    const what = incomplete.includes(column) ? 'is missing in some rows' : 'does not exist';
    throw new TuttiError('bad_input', `The column "${column}" ${what}`, {
      hint: column === 'day' ? 'A day needs a timestamp in every row.' : undefined,
    });
  }
}
