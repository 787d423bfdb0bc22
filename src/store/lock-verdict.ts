import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FileLayer } from '../io/index.ts';
import type { LockHolder } from './lock-file.ts';
import { isRunning, type ProcessIdentity } from './process-identity.ts';

/** What is known of the holder of a lock; `why` says how it is known that it is gone. */
export type LockVerdict =
  | { readonly gone: true; readonly why: string }
  | { readonly gone: false; readonly silentMs: number | null };

/** A holder that has given no sign of life for so long is gone. */
export const STALE_MS = 60_000;

/** File systems that one machine alone can have in use, as `statfs` names them on Linux. */
const LOCAL_FILE_SYSTEMS: ReadonlySet<number> = new Set([
  0xef53, // ext2 to ext4
  0x58465342, // XFS
  0x9123683e, // Btrfs
  0xca451a4e, // Bcachefs
  0xf2f52010, // F2FS
  0x2fc12fc1, // ZFS
  0x01021994, // tmpfs
  0x858458f6, // ramfs
  0x794c7630, // overlay
  0x3153464a, // JFS
  0x52654973, // ReiserFS
  0x7366746e, // NTFS
  0x2011bab0, // exFAT
  0x4d44, // FAT
]);

/**
 * Judges whether the holder of a lock still works. A number proves something only where it was given: in the same pid
 * namespace since the same start of the machine. An earlier start of this machine ends what ran then, unless the
 * folder may be another machine's, too. All else is known by the lock's heartbeat alone.
 *
 * @param path of the lock.
 * @param folderNowMs tells what time it is for the file system of the folder.
 */
export async function judgeLock(
  holder: LockHolder,
  self: ProcessIdentity,
  path: string,
  { files, folderNowMs }: { files: FileLayer; folderNowMs: () => Promise<number> },
): Promise<LockVerdict> {
  if (isOfSamePlace(holder, self)) {
    return isRunning(holder)
      ? { gone: false, silentMs: null }
      : { gone: true, why: `process ${holder.pid} has ended` };
  }
  if (await isOfEarlierBoot(holder, self, path)) {
    return { gone: true, why: 'this machine has been started again since' };
  }
  if (!holder.beats) return { gone: false, silentMs: null };
  const beatMs = await files.stat(path).then(({ modifiedMs }) => modifiedMs);
  const silentMs = (await folderNowMs()) - beatMs;
  if (silentMs < STALE_MS) return { gone: false, silentMs };
  const seconds = Math.round(silentMs / 1000);
  return {
    gone: true,
    why: `process ${holder.pid} on ${holder.host} has given no sign of life for ${seconds} s`,
  };
}

function isOfSamePlace(holder: LockHolder, self: ProcessIdentity): boolean {
  // Locks of the first form name no namespace.
  if (!holder.beats) return holder.host === self.host && holder.bootId === self.bootId;
  const { bootId, pidNamespace } = holder;
  if (bootId !== self.bootId || pidNamespace !== self.pidNamespace) return false;
  // Where the system tells neither, there are no containers, and the host's name is all there is.
  return (bootId !== null && pidNamespace !== null) || holder.host === self.host;
}

async function isOfEarlierBoot(
  { host, bootId }: LockHolder,
  self: ProcessIdentity,
  path: string,
): Promise<boolean> {
  if (host !== self.host || bootId === null || self.bootId === null) return false;
  if (bootId === self.bootId) return false;
  const type = await statfs(dirname(path)).then(
    (status) => status.type,
    () => 0,
  );
  return LOCAL_FILE_SYSTEMS.has(type);
}
