import { streamOfLines } from '../../experiment/judge/index.ts';
import { AtomicFile } from '../../io/index.ts';

/**
 * Writes lines into a file, which appears complete or not at all and replaces one that is there.
 *
 * @returns how many there were
 * @throws TuttiError `file_unwritable`, `disk_full`
 */
export async function writeLines(path: string, lines: AsyncIterable<string>): Promise<number> {
  const file = await AtomicFile.create(path);
  let count = 0;
  try {
    for await (const bytes of streamOfLines(counted())) await file.write(bytes as Buffer);
    await file.commit();
  } finally {
    await file.abort();
  }
  return count;

  async function* counted(): AsyncGenerator<string> {
    for await (const line of lines) {
      count++;
      yield line;
    }
  }
}
