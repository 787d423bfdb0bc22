import { TuttiError } from '../../core/tutti-error.ts';

const FORMATS = [
  ['a Parquet file', [0x50, 0x41, 0x52, 0x31]],
  ['a workbook or a zip archive', [0x50, 0x4b, 0x03, 0x04]],
  ['packed with zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['packed with bzip2', [0x42, 0x5a, 0x68]],
  ['packed with xz', [0xfd, 0x37, 0x7a, 0x58]],
  ['an SQLite database', [0x53, 0x51, 0x4c, 0x69]],
] as const;

/** Refuses what is known by its first bytes to be no text. @throws TuttiError `bad_input`. */
export function refuseBinary(head: Buffer, name: string): void {
  const found = FORMATS.find(([, start]) => start.every((byte, at) => head[at] === byte));
  if (!found) return;
  throw new TuttiError('bad_input', `${name} is ${found[0]}, not text`, {
    hint: 'Save it as CSV or JSON lines, or pack these with gzip.',
  });
}
