import { readLines } from '../io/index.ts';
import { ownFiles } from '../store/index.ts';

/**
 * Says how an input differs from the copy of an earlier one, as a clause: which line is the first that is another one, and
 * how many there were and are.
 *
 * @param before the run's own copy; where it cannot be read, less is said
 */
export async function howInputChanged(before: string, now: string): Promise<string> {
  try {
    return await comparison(linesOf(before), linesOf(now));
  } catch {
    return 'its input has changed';
  }
}

async function comparison(before: AsyncIterator<string>, now: AsyncIterator<string>) {
  const counts = { before: 0, now: 0 };
  let first: number | undefined;
  for (let line = 1; ; line++) {
    const [old, one] = [await before.next(), await now.next()];
    if (!old.done) counts.before++;
    if (!one.done) counts.now++;
    if (old.done && one.done) break;
    if (old.done || one.done || old.value !== one.value) first ??= line;
  }
  const sizes =
    counts.before === counts.now
      ? `${counts.now} lines, as before`
      : `${counts.before} lines before, ${counts.now} now`;
  return first === undefined
    ? `its input has changed: the ends of its lines (${sizes})`
    : `its input has changed: line ${first} is the first that differs (${sizes})`;
}

async function* linesOf(path: string): AsyncGenerator<string, void, void> {
  for await (const lines of readLines(path, { files: ownFiles() })) {
    for (const { text } of lines) yield text;
  }
}
