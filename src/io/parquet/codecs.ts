import { brotliDecompressSync, unzipSync, zstdDecompressSync } from 'node:zlib';
import { snappyUncompress } from 'hyparquet/src/snappy.js';
import { damaged } from './parquet-problem.ts';

/** How pages are packed, by number. */
const CODECS = [
  'UNCOMPRESSED',
  'SNAPPY',
  'GZIP',
  'LZO',
  'BROTLI',
  'LZ4',
  'ZSTD',
  'LZ4_RAW',
] as const;

/** Three bytes can stand for 64 at most. */
const MOST_SNAPPY_GROWTH = 22;

type Unpack = (packed: Buffer, length: number) => Buffer;

const UNPACK: Readonly<Record<string, Unpack>> = {
  UNCOMPRESSED: (packed) => packed,
  SNAPPY: (packed, length) => {
    if (length > MOST_SNAPPY_GROWTH * packed.length)
      throw damaged('a page is longer than it can be');
    const page = Buffer.allocUnsafeSlow(length);
    snappyUncompress(packed, page);
    return page;
  },
  // These make room as the page grows, not by what it is said to be.
  GZIP: (packed, maxOutputLength) => unzipSync(packed, { maxOutputLength }),
  BROTLI: (packed, maxOutputLength) => brotliDecompressSync(packed, { maxOutputLength }),
  ZSTD: (packed, maxOutputLength) => zstdDecompressSync(packed, { maxOutputLength }),
};

/** The name of a codec. */
export function codecName(codec: number): string {
  return CODECS[codec] ?? `number ${codec}`;
}

/** Tells whether pages of a codec can be read. */
export function isKnownCodec(codec: number): boolean {
  return Object.hasOwn(UNPACK, codecName(codec));
}

/**
 * Unpacks a page.
 *
 * @param length what it is said to come to
 * @throws ParquetProblem where it comes to something else
 */
export function unpackPage(codec: number, packed: Buffer, length: number): Buffer {
  if (length === 0) return Buffer.alloc(0);
  let page: Buffer | undefined;
  try {
    page = UNPACK[codecName(codec)]!(packed, length);
  } catch {
    throw damaged('a page cannot be unpacked');
  }
  if (page.length !== length) throw damaged('a page is not as long as it says');
  return page;
}
