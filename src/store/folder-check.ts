import { basename, join } from 'node:path';
import { type FileLayer, fileError, nodeFiles, systemCode, TEMPORARY_SUFFIX } from '../io/index.ts';
import { type Ownership, unsafe, whatIsUnsafe, whoElse } from './own-files.ts';

/** What the user should know of a folder that is used all the same. */
export interface FolderDoubts {
  /** True when a group may write into it. */
  readonly groupMayWrite: boolean;
  /** True on a mount that cannot say who owns a file. */
  readonly ownersUnknown: boolean;
}

/** How a folder is looked at. */
export interface CheckOptions {
  /** Default: the machine's. */
  readonly files?: FileLayer;
  /** Number of this process's user; default: that of the process, null on Windows. */
  readonly user?: number | null;
}

/** Names that are ours in a run's folder. */
const DATA = /^(?:(?:input|journal|completed|failed|log|media)\.jsonl|run\.json)$/;
/** Those of a lock, and those that it has on its way. */
const LOCK = /^(?:lock|\.choosing)(?:\..+)?$/;

/** FUSE, SMB, CIFS, SMB2, FAT, exFAT, NTFS, shares of virtual machines and containers, and those by which WSL shows Windows. */
const OWNERLESS_FILE_SYSTEMS: ReadonlySet<number> = new Set([
  0x65735546, 0x517b, 0xff534d42, 0xfe534d42, 0x4d44, 0x2011bab0, 0x5346544e, 0x7366746e,
  0x786f4256, 0x01021997, 0x53464846, 0x6a656a62, 0x6a656a63,
]);

/**
 * Looks at a folder that runs are in, or at one run's: it and what has our names in it must be plain files of this
 * user, no links. What else lies there is nobody's business.
 *
 * @throws TuttiError `unsafe_folder`; `file_missing` or `file_unreadable` when it cannot be looked at
 */
export async function checkRunFolder(
  path: string,
  options: CheckOptions = {},
): Promise<FolderDoubts> {
  const files = options.files ?? nodeFiles;
  const user = options.user === undefined ? (process.geteuid?.() ?? null) : options.user;
  try {
    const folder = await files.lstat(path);
    if (folder.isLink) throw unsafe(path, 'is a link');
    if (!folder.isDirectory) throw unsafe(path, 'is not a folder');
    const ownership: Ownership = {
      user,
      isTold: user !== null && (await tellsOwners(path, files)),
    };
    const others = ownership.isTold ? whoElse(folder, user) : undefined;
    if (others !== undefined) throw unsafe(path, others);
    for (const name of await files.list(path)) {
      if (isOurs(name)) await checkFile(join(path, name), ownership, files);
    }
    const groupMayWrite = ownership.isTold && (folder.mode & 0o020) !== 0;
    return { groupMayWrite, ownersUnknown: user !== null && !ownership.isTold };
  } catch (cause) {
    throw await fileError(cause, path, 'read');
  }
}

/**
 * Looks at the locks in the folder that all runs are below: it may be a link, and shared; what we open in it may not.
 *
 * @throws TuttiError `unsafe_folder`
 */
export async function checkLocks(path: string, files: FileLayer = nodeFiles): Promise<void> {
  const names = await files.list(path).catch(() => []);
  for (const name of names) {
    if (LOCK.test(name)) await checkFile(join(path, name), { user: null, isTold: false }, files);
  }
}

function isOurs(name: string): boolean {
  return (
    DATA.test(name) || LOCK.test(name) || (name.startsWith('.') && name.endsWith(TEMPORARY_SUFFIX))
  );
}

async function checkFile(path: string, ownership: Ownership, files: FileLayer): Promise<void> {
  try {
    const status = await files.lstat(path);
    // A lock that is just being made has two names for a moment.
    const links = LOCK.test(basename(path)) ? 1 : status.links;
    const wrong = whatIsUnsafe({ ...status, links }, ownership);
    if (wrong !== undefined) throw unsafe(path, wrong);
  } catch (error) {
    // A lock that another process has just given back.
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

async function tellsOwners(path: string, files: FileLayer): Promise<boolean> {
  try {
    return !OWNERLESS_FILE_SYSTEMS.has(await files.fileSystem(path));
  } catch {
    return true;
  }
}
