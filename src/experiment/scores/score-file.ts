import type { Readable } from 'node:stream';
import { AtomicFile } from '../../io/index.ts';
import { KeyAdder, type RecordKeys } from '../../store/index.ts';
import { readResults } from '../exports/read-results.ts';

/** Which records get keys, and where they go. */
export interface ScoreFileRequest {
  /** Path of a results file, of any form, or its bytes. */
  readonly input: string | Readable;
  /** Path of the new file, JSON lines; it appears at once and complete, in the place of an older one. */
  readonly output: string;
  readonly keys: readonly RecordKeys[];
}

/**
 * Writes the records of a file anew, with keys. Memory does not grow with it.
 *
 * @returns how many there are
 * @throws TuttiError `bad_input` with the places of lines that are no records, nothing is then written; `file_missing`,
 *   `file_unwritable`, …
 */
export async function scoreFile({ input, output, keys }: ScoreFileRequest): Promise<number> {
  const adder = new KeyAdder(keys);
  const file = await AtomicFile.create(output);
  let count = 0;
  try {
    for await (const batch of readResults(input)) {
      const texts = await adder.add(batch.map(({ text }) => text));
      count += texts.length;
      await file.write(Buffer.from(texts.map((text) => `${text}\n`).join('')));
    }
    await file.commit();
  } finally {
    await file.abort();
  }
  return count;
}
