import { zstdDecompressSync } from 'node:zlib';
import { CompressionType, compressionRegistry } from 'apache-arrow';
import { ArrowProblem, damaged, REWRITE_LINE } from './arrow-problem.ts';
import { unpackLz4 } from './lz4-frame.ts';
import type { ArrowMessage } from './message-head.ts';
import { MOST_BODY_BYTES } from './message-head.ts';

/** What each packed part of the message that is loaded has said of its length, in order. */
let claims: number[] = [];

compressionRegistry.set(CompressionType.ZSTD, {
  decode: (packed) => {
    const maxOutputLength = claims.shift() ?? 0;
    return exactly(zstdDecompressSync(packed, { maxOutputLength }), maxOutputLength);
  },
});
compressionRegistry.set(CompressionType.LZ4_FRAME, {
  decode: (packed) => {
    const bytes = claims.shift() ?? 0;
    return exactly(unpackLz4(packed, bytes), bytes);
  },
});

/** Numbers of 8 bytes stand at such places. */
function exactly(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length !== length) throw new RangeError('less than it says');
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
}

const PLAIN = -1;

/**
 * Sees to it that the parts of messages are unpacked to what they say.
 *
 * @param heldBytes what is held unpacked then, with these
 * @throws ArrowProblem where that is more than 1 GiB
 */
export function expectUnpacked(messages: readonly ArrowMessage[], heldBytes: number): void {
  claims = messages.flatMap(claimsOf);
  if (heldBytes <= MOST_BODY_BYTES) return;
  throw new ArrowProblem(
    'has a batch that unpacks to more than 1 GiB',
    `Write it anew in smaller ones: ${REWRITE_LINE}`,
  );
}

/** What the packed parts of a message say that they unpack to. @throws ArrowProblem where one has no length */
export function unpackedBytes(message: ArrowMessage): number {
  return claimsOf(message).reduce((sum, claim) => sum + claim, 0);
}

function claimsOf({ batch, body }: ArrowMessage): number[] {
  if (batch === null || batch.packed === null) return [];
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  return batch.buffers.flatMap(([at, length]) => {
    if (length === 0) return [];
    const claim = length! < 8 ? -2 : Number(view.getBigInt64(at!, true));
    if (claim < PLAIN) throw damaged('a packed part has no length');
    return claim === PLAIN ? [] : [claim];
  });
}
