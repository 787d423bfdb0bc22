/** What a file begins and ends with. */
export const ARROW_MAGIC = 'ARROW1';
/** What each message begins with. */
export const CONTINUES = -1;

/** Tells whether bytes begin as an Arrow file or stream does. */
export function isArrowStart(head: Buffer): boolean {
  return isFileStart(head) || (head.length >= 4 && head.readInt32LE(0) === CONTINUES);
}

/** Tells whether bytes begin as an Arrow file does; a stream begins otherwise. */
export function isFileStart(head: Buffer): boolean {
  return head.toString('latin1', 0, ARROW_MAGIC.length) === ARROW_MAGIC;
}
