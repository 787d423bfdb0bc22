import { constants } from 'node:fs';
import { TuttiError } from '../core/tutti-error.ts';
import { type FileLayer, type FileStatus, nodeFiles, systemCode } from '../io/index.ts';

/** Who may own what is opened. */
export interface Ownership {
  /** Number of this process's user; null where the system knows none, and 0 for root, who may use anybody's. */
  readonly user: number | null;
  /** False on a mount that cannot say who owns a file and who may write it. */
  readonly isTold: boolean;
}

/** Neither follows a link nor waits for the other end of a pipe. Windows has neither flag. */
const CAREFULLY = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

const FLAGS: Readonly<Record<string, number>> = {
  r: constants.O_RDONLY,
  a: constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT,
  'a+': constants.O_RDWR | constants.O_APPEND | constants.O_CREAT,
  wx: constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL,
};

/** New files are their owner's to write, whatever the user's mask says. */
const NEW_FILE_MODE = 0o644;

/**
 * File operations for a folder that came from somebody: `open` refuses whatever is not a plain file with one
 * name, and follows no link. Who owns it and who may write it is `checkRunFolder`'s to say.
 *
 * @throws TuttiError `unsafe_folder`, from `open`
 */
export function ownFiles(base: FileLayer = nodeFiles): FileLayer {
  return {
    ...base,
    open: async (path, flags, mode = NEW_FILE_MODE) => {
      const numbers = typeof flags === 'string' ? FLAGS[flags] : flags;
      // Folders are opened too, to sync them; whatever else has flags of its own is not for here.
      if (numbers === undefined) throw new Error(`own files are not opened with ${flags}`);
      const fd = await openCarefully(base, path, numbers, mode);
      try {
        const status = await base.fstat(fd);
        if (!status.isDirectory) {
          const wrong = whatIsUnsafe(status, ANYBODY);
          if (wrong !== undefined) throw unsafe(path, wrong);
        }
      } catch (error) {
        await base.close(fd).catch(() => {});
        throw error;
      }
      return fd;
    },
  };
}

const ANYBODY: Ownership = { user: null, isTold: false };

async function openCarefully(base: FileLayer, path: string, flags: number, mode: number) {
  try {
    return await base.open(path, flags | CAREFULLY, mode);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ELOOP' || code === 'EMLINK') throw unsafe(path, IS_LINK);
    if (code === 'ENXIO') throw unsafe(path, 'is a named pipe, a socket or a device');
    throw error;
  }
}

const IS_LINK = 'is a link';

/** Says what is wrong with a file of a run's folder, as the end of a sentence; undefined if nothing is. */
export function whatIsUnsafe(status: FileStatus, { user, isTold }: Ownership): string | undefined {
  if (status.isLink) return IS_LINK;
  if (status.isDirectory) return 'is a folder';
  if (!status.isFile) return 'is a named pipe, a socket or a device';
  if (status.links > 1) return `has ${status.links} names (hard links)`;
  return isTold ? whoElse(status, user) : undefined;
}

/** Says who else has a file or folder in hand, as the end of a sentence. */
export function whoElse({ owner, mode }: FileStatus, user: number | null): string | undefined {
  if (user !== null && user !== 0 && owner !== user) return `belongs to another user (${owner})`;
  return (mode & 0o002) !== 0 ? 'may be written by everybody' : undefined;
}

/** The error for what must not be used. */
export function unsafe(path: string, what: string): TuttiError {
  return new TuttiError(
    'unsafe_folder',
    `${path} ${what}; nothing was read or written through it`,
    {
      hint: hintFor(what, path),
    },
  );
}

function hintFor(what: string, path: string): string {
  if (what.includes('hard link')) {
    return 'Copy the folder (cp -r) and move the copy into its place, or begin another run with --new.';
  }
  if (what.includes('everybody')) return `chmod o-w ${path}, if you trust what is in it.`;
  if (what.includes('another user')) {
    return 'Copy the folder to make it yours (cp -r), or choose another one with -o.';
  }
  return 'If you did not put it there, somebody else did: remove it, or begin another run with --new.';
}
