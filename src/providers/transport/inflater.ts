import type { IncomingHttpHeaders } from 'node:http';
import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { CallError } from '../../core/call-error.ts';

/** With the usual 16 KiB the pieces of a hundred bombs at once took 80 MiB more: they are freed too late. */
const PIECES = { chunkSize: 64 * 1024 };

/** What a server may name in `content-encoding`; `identity` is none. */
const INFLATERS: Readonly<Record<string, () => Transform>> = {
  gzip: () => zlib.createGunzip(PIECES),
  'x-gzip': () => zlib.createGunzip(PIECES),
  deflate: () => zlib.createInflate(PIECES),
  br: () => zlib.createBrotliDecompress(PIECES),
  zstd: () => zlib.createZstdDecompress(PIECES),
};

/** How an answer's bytes are encoded: not at all, in one known way, or in a way that is refused. */
export type Encoding = 'none' | 'refused' | (() => Transform);

/** Reads a `content-encoding` header. Two encodings are refused: no honest server stacks them. */
export function encodingOf(header: string | string[] | undefined): Encoding {
  if (header === undefined) return 'none';
  if (typeof header !== 'string') return 'refused';
  const name = header.trim().toLowerCase();
  if (name === '' || name === 'identity') return 'none';
  return Object.hasOwn(INFLATERS, name) ? INFLATERS[name]! : 'refused';
}

/** The error of an answer whose encoding is not taken. */
export function refusedEncoding(headers: IncomingHttpHeaders, status: number): CallError {
  const given = String(headers['content-encoding']);
  const named = given.length > 60 ? 'a long list' : given;
  return new CallError(
    'encoding_refused',
    `The answer has an encoding that is not taken: ${named}`,
    {
      httpStatus: status,
      hint: 'One of gzip, deflate, br or zstd is taken, once.',
    },
  );
}
