import type { LaneStatus } from '../../ask/index.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { nodeFiles } from '../../io/index.ts';
import { type CompletedTotals, EarlyRecords, ownFiles, writeCompleted } from '../../store/index.ts';
import type { RunSetup } from './run-setup.ts';

/**
 * Writes `completed.jsonl`, unless the run has none, and `failed.jsonl` of what there is; rows without an answer say why
 * they have none. What was made from earlier ones goes.
 *
 * @throws TuttiError when a file cannot be read or written; nothing has then changed.
 */
export async function writeFinalFiles(
  setup: RunSetup,
  lanes: readonly LaneStatus[],
  early: EarlyRecords | undefined,
): Promise<CompletedTotals> {
  const written = await writeCompletedOf(setup, lanes, early).catch((error: unknown) => {
    throw tellingOfAnswers(error, setup);
  });
  await removeDerivedFiles(setup);
  return written;
}

/** They are made of the answers, which are safe. */
function tellingOfAnswers(error: unknown, { folder }: RunSetup): unknown {
  if (!(error instanceof TuttiError)) return error;
  const message = `The results cannot be written: ${error.message}. All answers are safe in ${folder.path}`;
  const hint = error.hint ?? 'Run the same command again: it asks nothing twice.';
  return new TuttiError(error.code, message, { hint, cause: error });
}

function writeCompletedOf(
  setup: RunSetup,
  lanes: readonly LaneStatus[],
  early: EarlyRecords | undefined,
): Promise<CompletedTotals> {
  const { folder, table, entries, responseOf, invalidLines, recordKeys, onlyFailed } = setup;
  const byName = new Map(lanes.map((lane) => [lane.name, lane]));
  const stopped = lanes.find(({ error }) => error !== null);
  return writeCompleted({
    folder,
    table,
    onlyFailed,
    early,
    ...(responseOf && { responseOf }),
    ...(recordKeys && { recordKeys }),
    notSent: (row) => {
      const own = byName.get(entries[table.entryOf(row)]!.name);
      // A row of several models may wait for one whose lane has stopped, though its own has not.
      const why = own?.error ? own : stopped;
      if (why === undefined) return 'not sent, because it was interrupted';
      return `not sent, because ${why.name} stopped: ${why.error!.message}`;
    },
    ...(invalidLines && { invalidLines: invalidLines() }),
  });
}

/**
 * Begins the final files while the run goes on: of one that begins now, whose records hold no more than rows and answers.
 * Undefined for any other, or when they cannot be made yet.
 */
export async function openEarlyRecords({
  folder,
  resumed,
  onlyFailed,
  recordKeys = [],
}: RunSetup): Promise<EarlyRecords | undefined> {
  if (resumed || onlyFailed || recordKeys.length > 0) return undefined;
  return EarlyRecords.open(folder, ownFiles());
}

/** Removes the files of an earlier part of the run: they do not have the answers that come now. */
export async function removeFinalFiles(setup: RunSetup): Promise<void> {
  const { completed, failed } = setup.folder;
  for (const path of [completed, failed]) await nodeFiles.unlink(path).catch(() => {});
  await removeDerivedFiles(setup);
}

async function removeDerivedFiles({ derivedFiles = [] }: RunSetup): Promise<void> {
  for (const path of derivedFiles) await nodeFiles.unlink(path).catch(() => {});
}
