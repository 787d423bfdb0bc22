import { AtomicFile, type FileLayer, LinePages } from '../io/index.ts';
import type { EarlyRecords } from './early-records.ts';
import { ownFiles } from './own-files.ts';
import { buildRecord, type RecordSources } from './record-builder.ts';
import type { RecordKeys } from './record-keys.ts';
import { RecordLines } from './record-lines.ts';
import type { RowTable } from './row-table.ts';
import type { RunFolder } from './run-folder.ts';

/** From what the final files of a run are written. */
export interface CompletedOptions {
  readonly folder: RunFolder;
  readonly table: RowTable;
  /** Says why calls of a row were never sent; becomes the message of the error `not_sent`. */
  readonly notSent: (row: number) => string;
  /** What a row of several calls that has no result shows of the answers it has; default null. */
  readonly responseOf?: RecordSources['responseOf'];
  /** Further lines of `failed.jsonl`, JSON texts without line ends, put behind the failed records. */
  readonly invalidLines?: Iterable<string> | AsyncIterable<string>;
  /** True: what a row came to is written elsewhere, and `completed.jsonl` is not; default false. */
  readonly onlyFailed?: boolean | undefined;
  /** What adds keys to records; default nothing. */
  readonly recordKeys?: readonly RecordKeys[];
  /** What was written while the run went on; default nothing. It must add no keys, and not be `onlyFailed`. */
  readonly early?: EarlyRecords | undefined;
  /** Default: the machine's. */
  readonly files?: FileLayer;
}

/** What was written. */
export interface CompletedTotals {
  readonly records: number;
  /** Records with an error, invalid lines not counted. */
  readonly failed: number;
  /** Of the failed ones, those that had an answer which cannot be read again. */
  readonly lost: number;
}

const CACHE_BYTES = 16 * 1024 * 1024;

/**
 * Writes `completed.jsonl` (every row once, in input order) and `failed.jsonl` (those that failed).
 * Both appear at once, complete and synced, or not at all. Memory does not grow with the run.
 *
 * @throws TuttiError when a file cannot be read or written; nothing has then changed.
 */
export async function writeCompleted(options: CompletedOptions): Promise<CompletedTotals> {
  const { folder, table } = options;
  const files = ownFiles(options.files);
  await using opened = new AsyncDisposableStack();
  const input = await LinePages.open(folder.input, files, { maxPages: 4 });
  opened.defer(() => input.close());
  const journal = await LinePages.open(folder.journal, files, journalPages(table.entryCount));
  opened.defer(() => journal.close());
  const begun = await options.early?.finish();
  const completed =
    begun?.completed ??
    (options.onlyFailed ? null : await AtomicFile.create(folder.completed, { files }));
  opened.defer(() => completed?.abort());
  const failed = begun?.failed ?? (await AtomicFile.create(folder.failed, { files }));
  opened.defer(() => failed.abort());

  const { notSent, responseOf } = options;
  const sources: RecordSources = { table, input, journal, notSent, responseOf };
  const lines = begun?.lines ?? new RecordLines(completed, failed, options.recordKeys ?? []);
  for (let row = begun?.row ?? 0; row < table.rowCount; row++) {
    const built = buildRecord(sources, row);
    // A promise only where there is one: it would cost as much as the rest of a record.
    const isFull = lines.add(built instanceof Promise ? await built : built);
    if (isFull) await lines.flush();
  }
  await lines.flush();
  for await (const line of options.invalidLines ?? []) {
    if (lines.addInvalid(line)) await lines.flush();
  }
  await lines.flush();
  await completed?.seal();
  await failed.commit();
  await completed?.commit();
  return { records: table.rowCount, failed: lines.failures, lost: lines.losses };
}

/** Each entry's rows are at a place of their own and need a page for it; large pages where there is room. */
function journalPages(entries: number) {
  const share = 2 ** Math.floor(Math.log2(CACHE_BYTES / (4 * Math.max(1, entries))));
  const pageBytes = Math.min(64 * 1024, Math.max(16 * 1024, share));
  return { pageBytes, maxPages: Math.min(CACHE_BYTES / pageBytes, 16 * (1 + entries)) };
}
