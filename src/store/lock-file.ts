import { isJsonObject } from '../core/json.ts';
import { type FileLayer, systemCode, writeAll } from '../io/index.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** Who holds a lock. */
export interface LockHolder extends ProcessIdentity {
  /** Never the same for two locks. */
  readonly token: string;
  /** When the lock was taken, ISO 8601 in UTC. */
  readonly since: string;
  /** True when the holder writes its lock anew every few seconds; locks of the first form stay as they are. */
  readonly beats: boolean;
}

/** What systems say that have no hard links. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK']);

/**
 * Makes a lock file, complete from its first moment on; false when there is one already.
 *
 * @param draft path of a file that is made and removed on the way.
 */
export async function createLockFile(
  files: FileLayer,
  path: string,
  draft: string,
  holder: LockHolder,
): Promise<boolean> {
  try {
    await writeLockFile(files, draft, 'w', holder);
    return await linkLock(files, path, draft, holder);
  } finally {
    await files.unlink(draft).catch(() => {});
  }
}

async function linkLock(
  files: FileLayer,
  path: string,
  draft: string,
  holder: LockHolder,
): Promise<boolean> {
  try {
    await files.link(draft, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    if (!NO_LINKS.has(systemCode(error) ?? '')) throw error;
    return await createWithoutLink(files, path, holder);
  }
}

async function createWithoutLink(
  files: FileLayer,
  path: string,
  holder: LockHolder,
): Promise<boolean> {
  try {
    await writeLockFile(files, path, 'wx', holder);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Writes a lock file; synced, so that a loss of power cannot leave an empty one. */
export async function writeLockFile(
  files: FileLayer,
  path: string,
  flags: 'w' | 'wx',
  holder: LockHolder,
): Promise<void> {
  const fd = await files.open(path, flags);
  try {
    await writeAll(files, fd, Buffer.from(lockText(holder)));
    await files.fsync(fd);
  } finally {
    await files.close(fd);
  }
}

/** The text of a lock, always the same for one holder. */
function lockText(holder: LockHolder): string {
  const text = JSON.stringify({
    pid: holder.pid,
    host: holder.host,
    since: holder.since,
    boot_id: holder.bootId,
    pid_namespace: holder.pidNamespace,
    process_start: holder.processStart,
    token: holder.token,
    heartbeat: true,
  });
  return `${text}\n`;
}

/**
 * Gives a sign of life: writes the same text over itself, so that the file system notes the time, by its own clock.
 *
 * @returns false when the lock is somebody else's, or gone.
 */
export async function beat(files: FileLayer, path: string, holder: LockHolder): Promise<boolean> {
  let fd: number;
  try {
    fd = await files.open(path, 'r+');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
  try {
    const text = Buffer.from(lockText(holder));
    const bytes = Buffer.alloc(text.length);
    const length = await files.read(fd, bytes, 0, bytes.length, 0);
    // Whoever has put another file in its place meanwhile is not disturbed by this one.
    if (length < text.length || !bytes.equals(text)) return false;
    await writeAll(files, fd, text);
    return true;
  } finally {
    await files.close(fd);
  }
}

/** Reads a lock file: `absent`, or `unreadable` when it is not a lock that tutti wrote. */
export async function readLockFile(
  files: FileLayer,
  path: string,
): Promise<LockHolder | 'absent' | 'unreadable'> {
  let text: string;
  try {
    text = await readSmallFile(files, path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 'absent';
    throw error;
  }
  try {
    return holderFrom(JSON.parse(text)) ?? 'unreadable';
  } catch {
    return 'unreadable';
  }
}

async function readSmallFile(files: FileLayer, path: string): Promise<string> {
  const fd = await files.open(path, 'r');
  try {
    const bytes = Buffer.alloc(4096);
    return bytes.toString('utf8', 0, await files.read(fd, bytes, 0, bytes.length, 0));
  } finally {
    await files.close(fd);
  }
}

function holderFrom(value: unknown): LockHolder | undefined {
  if (!isJsonObject(value)) return undefined;
  const { pid, host, since, token, boot_id: bootId, process_start: processStart } = value;
  if (typeof pid !== 'number' || typeof host !== 'string') return undefined;
  if (typeof since !== 'string' || typeof token !== 'string') return undefined;
  if (!/^[\w-]+$/.test(token)) return undefined; // It becomes a part of a file name.
  return {
    pid,
    host,
    since,
    token,
    bootId: typeof bootId === 'string' ? bootId : null,
    pidNamespace: typeof value.pid_namespace === 'string' ? value.pid_namespace : null,
    processStart: typeof processStart === 'string' ? processStart : null,
    beats: value.heartbeat === true,
  };
}
