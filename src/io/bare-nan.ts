import { withNullFor } from '../core/bare-words.ts';
import { isJson } from '../core/json.ts';

const NEWLINE = 0x0a;
const NAN = 'NaN';
/** More of a line than this is handed on as it is. */
const LONGEST_LINE_BYTES = 256 * 1024 * 1024;

/**
 * Writes `null` where lines of JSON have a bare `NaN`, as Python does for a missing value; whatever else they hold stays
 * as it is, byte for byte, and so do lines that are no JSON even then.
 */
export async function* withoutBareNaN(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > 0 || heldBytes > LONGEST_LINE_BYTES) {
      const lines = chunk.subarray(0, end);
      yield corrected(held.length === 0 ? lines : Buffer.concat([...held, lines]));
      held = [];
      heldBytes = 0;
    }
    if (end === chunk.length) continue;
    held.push(Buffer.from(chunk.subarray(end)));
    heldBytes += chunk.length - end;
  }
  if (held.length > 0) yield corrected(Buffer.concat(held));
}

/** Works on bytes as characters of one byte each, so that what is not UTF-8 comes out as it came in. */
function corrected(lines: Buffer): Buffer {
  if (!lines.includes(NAN)) return lines;
  const written = lines.toString('latin1').split('\n').map(correctedLine).join('\n');
  return Buffer.from(written, 'latin1');
}

function correctedLine(line: string): string {
  return (line.includes(NAN) && !isJson(line) && withNullForNaN(line)) || line;
}

/** A text of JSON with `null` for each bare `NaN`; null where it is no JSON even then. */
export function withNullForNaN(text: string): string | null {
  if (!text.includes(NAN)) return null;
  const written = withNullFor([NAN], text);
  return isJson(written) ? written : null;
}
