import { AtomicFile, type FileLayer, readLines } from '../io/index.ts';
import { LineWriter } from './line-writer.ts';
import { ownFiles } from './own-files.ts';
import { KeyAdder, type RecordKeys } from './record-keys.ts';
import type { RunFolder } from './run-folder.ts';

/**
 * Adds keys to the records of a run that has its final files: both are written anew, each appears at once and complete,
 * and whatever kills the process leaves whole records. Memory does not grow with the run. Whoever calls it holds the
 * run's lock.
 *
 * @throws TuttiError `file_missing` without `completed.jsonl`; `file_unreadable`, `file_unwritable`, `disk_full`
 */
export async function rewriteRecords(
  { completed, failed }: RunFolder,
  keys: readonly RecordKeys[],
  base?: FileLayer,
): Promise<void> {
  const files = ownFiles(base);
  const adder = new KeyAdder(keys);
  await using opened = new AsyncDisposableStack();
  const newCompleted = await AtomicFile.create(completed, { files });
  opened.defer(() => newCompleted.abort());
  const newFailed = await AtomicFile.create(failed, { files });
  opened.defer(() => newFailed.abort());
  const writer = new LineWriter(newCompleted);
  for await (const records of recordBatches(completed, files)) {
    for (const text of await adder.add(records)) writer.add(text);
    await writer.flush();
  }
  const failures = new LineWriter(newFailed);
  for await (const records of recordBatches(failed, files)) {
    for (const text of records) failures.add(adder.withoutNames(text));
    await failures.flush();
  }
  await newCompleted.seal();
  await newFailed.commit();
  await newCompleted.commit();
}

/** The lines of a file, as many at a time as are given keys together. */
async function* recordBatches(path: string, files: FileLayer): AsyncGenerator<string[], void> {
  let batch: string[] = [];
  let characters = 0;
  for await (const lines of readLines(path, { files })) {
    for (const { text } of lines) {
      if (text === '') continue;
      batch.push(text);
      characters += text.length;
      if (!KeyAdder.isFull(batch.length, characters)) continue;
      yield batch;
      batch = [];
      characters = 0;
    }
  }
  if (batch.length > 0) yield batch;
}
