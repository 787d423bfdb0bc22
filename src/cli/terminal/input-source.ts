import { fstatSync, readFileSync } from 'node:fs';
import { isatty } from 'node:tty';

/**
 * What standard input is. `begun`: a regular file of which another program has read a part, such as the list that a
 * shell's `while read` loop goes through. `other`: what ends by itself, such as `/dev/null`.
 */
export type InputSource = 'terminal' | 'pipe' | 'socket' | 'file' | 'begun' | 'other';

/** Tells what a file descriptor reads from; ask before anything is read. */
export function sourceOf(fd: number): InputSource {
  if (isatty(fd)) return 'terminal';
  try {
    const status = fstatSync(fd);
    if (status.isFIFO()) return 'pipe';
    if (status.isSocket()) return 'socket';
    if (!status.isFile()) return 'other';
    const place = placeOf(fd);
    return place > 0 && place < status.size ? 'begun' : 'file';
  } catch {
    return 'other';
  }
}

/** How far a file has been read; 0 where the system does not tell (it is known on Linux). */
function placeOf(fd: number): number {
  try {
    return Number(/^pos:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
