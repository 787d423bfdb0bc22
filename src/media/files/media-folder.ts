import { constants } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { isAbsolute, join, sep, win32 } from 'node:path';
import { nearestName } from '../../core/nearest-name.ts';
import { plainLine } from '../../core/plain-text.ts';
import { type FileLayer, type FileStatus, nodeFiles, systemCode } from '../../io/index.ts';
import { MediaProblem } from '../findings/media-problem.ts';

/** A file that is open. */
export interface OpenFile {
  readonly fd: number;
  readonly path: string;
  readonly status: FileStatus;
}

/** Neither follows a link nor waits for the other end of a pipe. Windows has neither flag. */
const CAREFULLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The one folder whose files rows may name: real paths inside it, however they are written. A link may lead from one
 * place in it to another, and nowhere else.
 */
export class MediaFolder {
  readonly path: string;
  readonly #files: FileLayer;
  #real: Promise<string> | undefined;

  constructor(path: string, files: FileLayer = nodeFiles) {
    this.path = path;
    this.#files = files;
  }

  /**
   * Opens a file of the folder.
   *
   * @throws MediaProblem for a path that leads out of it, for what is no plain file, and for what is not there.
   */
  async open(path: string): Promise<OpenFile> {
    const shown = plainLine(path, 200);
    if (leadsOut(path)) {
      throw new MediaProblem(`${shown} is not a path inside the media folder ${this.path}`, HINT);
    }
    this.#real ??= this.#realFolder();
    const folder = await this.#real;
    const real = await this.#realPath(await this.#asItIsThere(folder, path), folder, shown);
    const file = await openPlainFile(real, shown, this.#files);
    // Between the look and the opening a folder on the way may have become a link.
    if ((await realpath(real).catch(() => '')) === real) return file;
    await this.#files.close(file.fd);
    throw new MediaProblem(`${shown} was moved while it was opened`, null);
  }

  async #realFolder(): Promise<string> {
    try {
      return await realpath(this.path);
    } catch {
      const hint = 'Name the folder that holds the files with --media DIR.';
      throw new MediaProblem(`the media folder ${this.path} is not there`, hint);
    }
  }

  /** A path whose letters the folder composes otherwise: what macOS has packed often has accents as signs of their own. */
  async #asItIsThere(folder: string, path: string): Promise<string> {
    const written = join(folder, path);
    if (!/\P{ASCII}/u.test(path) || (await realpath(written).catch(() => null)) !== null) {
      return written;
    }
    let at = folder;
    for (const name of path.split('/')) {
      const names = await this.#files.list(at).catch(() => []);
      const same = names.filter((one) => one.normalize('NFC') === name.normalize('NFC'));
      at = join(at, same.length === 1 ? same[0]! : name);
    }
    return at;
  }

  async #realPath(path: string, folder: string, shown: string): Promise<string> {
    let real: string;
    try {
      real = await realpath(path);
    } catch (error) {
      const code = systemCode(error);
      if (code === 'EACCES' || code === 'ELOOP') {
        throw new MediaProblem(`${shown} cannot be reached in the media folder (${code})`, null);
      }
      const message = `${shown} is not in the media folder ${this.path}`;
      throw new MediaProblem(message, await this.#nearest(path, folder));
    }
    if (isInside(real, folder)) return real;
    throw new MediaProblem(`${shown} leads out of the media folder ${this.path}`, HINT);
  }

  /** Of names elsewhere, to which a link may lead, nothing is told. */
  async #nearest(path: string, folder: string): Promise<string | null> {
    const parent = await realpath(join(path, '..')).catch(() => '');
    const isOwn = parent === folder || isInside(parent, folder);
    const names = isOwn ? await this.#files.list(parent).catch(() => []) : [];
    const near = nearestName(path.slice(path.lastIndexOf(sep) + 1), names);
    return near === undefined ? HINT : `did you mean ${plainLine(near, 100)}?`;
  }
}

const HINT = 'Media are files of one folder: --media DIR names it.';

function isInside(real: string, folder: string): boolean {
  return real.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** Looked at as it is written, and in the way of every system, so that a row means the same on each. */
function leadsOut(path: string): boolean {
  if (path === '' || path.includes('\0') || isAbsolute(path) || win32.isAbsolute(path)) return true;
  return /^[a-z]:/i.test(path) || path.split(/[\\/]/).includes('..');
}

/**
 * Opens a plain file, whatever else stands there: no link, pipe, device or folder.
 *
 * @param shown what it is called in messages
 * @throws MediaProblem
 */
export async function openPlainFile(
  path: string,
  shown: string,
  files: FileLayer = nodeFiles,
): Promise<OpenFile> {
  let fd: number;
  try {
    fd = await files.open(path, CAREFULLY);
  } catch (error) {
    throw new MediaProblem(`${shown} cannot be read: ${whyNot(error)}`, null);
  }
  try {
    const status = await files.fstat(fd);
    if (!status.isFile) {
      const what = status.isDirectory ? 'a folder' : 'a named pipe, a socket or a device';
      throw new MediaProblem(`${shown} is ${what}, not a file`, null);
    }
    if (status.size === 0) throw new MediaProblem(`${shown} is empty`, null);
    return { fd, path, status };
  } catch (error) {
    await files.close(fd).catch(() => {});
    throw error;
  }
}

function whyNot(error: unknown): string {
  const code = systemCode(error) ?? '';
  const known: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ENOENT: 'it does not exist',
    ELOOP: 'it is a link',
    ENXIO: 'it is a named pipe, a socket or a device',
    EMFILE: 'too many files are open',
  };
  return Object.hasOwn(known, code) ? known[code]! : code;
}
