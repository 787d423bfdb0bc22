/** Bytes whose beginning is known before they are read. */
export interface Peeked {
  /** The first bytes: as many as were enough, or all that there are. */
  readonly head: Buffer;
  /** All bytes, those of the head too; a piece is valid only until the next one is asked for. */
  readonly chunks: AsyncGenerator<Buffer, void>;
  /** Closes what the bytes come from, for whoever has not begun to read them. */
  close(): Promise<void>;
}

/** Looks at the beginning of bytes, for as long as `isEnough` says that more is needed. */
export async function peek(
  chunks: AsyncGenerator<Buffer, void, undefined>,
  isEnough: (head: Buffer) => boolean,
): Promise<Peeked> {
  let head = Buffer.alloc(0);
  while (!isEnough(head)) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* all(): AsyncGenerator<Buffer, void> {
    try {
      if (head.length > 0) yield head;
      yield* chunks;
    } finally {
      await chunks.return(undefined);
    }
  }
  const close = async () => void (await chunks.return(undefined));
  return { head, chunks: all(), close };
}
