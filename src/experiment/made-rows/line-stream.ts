import { Readable } from 'node:stream';

const PIECE_CHARACTERS = 64 * 1024;

/** A stream of lines, as the input of a run. */
export function streamOfLines(lines: AsyncIterable<string>): Readable {
  return Readable.from(pieces(lines), { objectMode: false });
}

async function* pieces(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let waiting = '';
  for await (const line of lines) {
    waiting += `${line}\n`;
    if (waiting.length < PIECE_CHARACTERS) continue;
    yield Buffer.from(waiting);
    waiting = '';
  }
  if (waiting !== '') yield Buffer.from(waiting);
}
