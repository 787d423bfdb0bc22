import { TuttiError } from '../../core/tutti-error.ts';

/** Longest line that is held in memory, in bytes. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

/**
 * Takes complete lines out of `bytes[0 .. length - 1]` and returns how many bytes it has taken; the
 * rest is offered again with more behind it. With `final` nothing more will come.
 */
export type TakeLines = (bytes: Buffer, length: number, final: boolean) => number;

/** `takeWholeLines` to its end. @throws as it does. */
export async function feedWholeLines(
  ...parameters: Parameters<typeof takeWholeLines>
): Promise<void> {
  const pieces = takeWholeLines(...parameters);
  while (!(await pieces.next()).done);
}

/**
 * Feeds pieces of a file to something that takes whole lines, keeping what is left of one piece for
 * the next; it goes on when it is asked to.
 *
 * @param lineNumber the line at which the taker stands, for the message.
 * @param needsLines tells from what is held whether the taker needs line ends.
 * @throws TuttiError `bad_input` for a line longer than `MAX_LINE_BYTES`.
 */
export async function* takeWholeLines(
  chunks: AsyncIterable<Buffer>,
  take: TakeLines,
  name: string,
  lineNumber: () => number,
  needsLines: (bytes: Buffer, length: number) => boolean = () => true,
): AsyncGenerator<void, void> {
  let held = Buffer.allocUnsafeSlow(512 * 1024);
  let length = 0;
  let enough = 0;
  for await (const chunk of chunks) {
    if (length + chunk.length > held.length) {
      const larger = Buffer.allocUnsafeSlow(2 * (length + chunk.length));
      held.copy(larger, 0, 0, length);
      held = larger;
    }
    chunk.copy(held, length);
    length += chunk.length;
    if (!chunk.includes(0x0a) && needsLines(held, length)) {
      if (length > MAX_LINE_BYTES) throw tooLong(name, lineNumber());
      continue;
    }
    if (length < Math.min(enough, MAX_LINE_BYTES + 1)) continue;
    const taken = take(held, length, false);
    // A long row is not looked at again from its start for each piece of it.
    enough = taken === 0 ? 2 * length : 0;
    held.copyWithin(0, taken, length);
    length -= taken;
    if (length > MAX_LINE_BYTES) {
      // Whoever waits for the end of something says where that began.
      take(held, length, true);
      throw tooLong(name, lineNumber());
    }
    yield;
  }
  if (length > 0) take(held, length, true);
}

function tooLong(name: string, line: number): TuttiError {
  return new TuttiError('bad_input', `${name}, line ${line}: longer than ${MAX_LINE_BYTES} bytes`, {
    hint: 'A quotation mark that is never closed makes the rest of a file one line.',
  });
}
