import { readFileSync, readlinkSync } from 'node:fs';

const ACCESS_MODE = 0o3;
const READ_ONLY = 0;
const READ_WRITE = 2;

/**
 * Tells whether standard output was closed when the process began (`>&-`), or can only be read. Node puts `/dev/null`
 * in the place of what is closed, open for both reading and writing; shells open it for writing alone. Who starts
 * processes without a shell may do as Node does, mostly for several streams at once: that is no closed output.
 * False where the system does not tell (it is known on Linux).
 */
export function isOutputClosed(): boolean {
  const output = modeOf(1);
  if (output === READ_ONLY) return true;
  return isStandIn(1) && !isStandIn(0) && !isStandIn(2);
}

function isStandIn(fd: number): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`) === '/dev/null' && modeOf(fd) === READ_WRITE;
  } catch {
    return false;
  }
}

function modeOf(fd: number): number | null {
  try {
    const [, flags] = /^flags:\s*([0-7]+)/m.exec(
      readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'),
    ) as RegExpExecArray;
    return Number.parseInt(flags as string, 8) & ACCESS_MODE;
  } catch {
    return null;
  }
}
