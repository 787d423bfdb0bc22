import type { LaneStatus } from '../ask/index.ts';
import { nodeFiles } from '../io/index.ts';
import { type CompletedTotals, type RunFolder, writeCompleted } from '../store/index.ts';
import type { RunSetup } from './run-setup.ts';

/**
 * Writes `completed.jsonl` and `failed.jsonl` of what there is; rows without an answer say why they have none.
 *
 * @throws TuttiError when a file cannot be read or written; nothing has then changed.
 */
export async function writeFinalFiles(
  { folder, table, entries, responseOf, invalidLines }: RunSetup,
  lanes: readonly LaneStatus[],
): Promise<CompletedTotals> {
  const byName = new Map(lanes.map((lane) => [lane.name, lane]));
  const stopped = lanes.find(({ error }) => error !== null);
  return await writeCompleted({
    folder,
    table,
    ...(responseOf && { responseOf }),
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

/** Removes the files of an earlier part of the run: they do not have the answers that come now. */
export async function removeFinalFiles({ completed, failed }: RunFolder): Promise<void> {
  for (const path of [completed, failed]) await nodeFiles.unlink(path).catch(() => {});
}
