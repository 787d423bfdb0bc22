import type { Dispatcher } from 'undici';
import symbols from 'undici/lib/core/symbols.js';

const { kSocket } = symbols;

/** How the head begins that only says: go on. */
const CONTINUE = Buffer.from('HTTP/1.1 100 ');
const HEAD_END = '\r\n\r\n';

/** A socket, of which only the reading matters here. */
interface Readable {
  read(size?: number): Buffer | null;
}

/**
 * Passes over `100 Continue`, which some servers send unasked: undici takes it for a broken answer, though it passes
 * over every other head of its kind (`103 Early Hints`).
 */
export function passOverContinue<Connections extends Dispatcher>(
  connections: Connections,
): Connections {
  connections.on('connect', (_origin: unknown, targets: readonly unknown[]) => {
    const socket = (targets.at(-1) as { readonly [kSocket]?: Readable | undefined })[kSocket];
    if (socket === undefined) return;
    const read = socket.read.bind(socket);
    // Node itself reads with a size of 0, to ask for more without taking what is there.
    socket.read = (size) => (size === undefined ? withoutContinue(read()) : read(size));
  });
  return connections;
}

function withoutContinue(bytes: Buffer | null): Buffer | null {
  let rest = bytes;
  while (
    rest !== null &&
    rest[9] === CONTINUE[9] &&
    rest.subarray(0, CONTINUE.length).equals(CONTINUE)
  ) {
    const end = rest.indexOf(HEAD_END);
    if (end === -1) return rest;
    rest = rest.subarray(end + HEAD_END.length);
  }
  return rest;
}
