import {
  type BigIntStats,
  close,
  fdatasync,
  fstat,
  fsync,
  ftruncate,
  link,
  lstat,
  mkdir,
  open,
  read,
  readdir,
  readSync,
  rename,
  rmdir,
  type StatsFs,
  stat,
  statfs,
  unlink,
  write,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** What is known of a file. */
export interface FileStatus {
  /** Size in bytes. */
  readonly size: number;
  readonly isDirectory: boolean;
  /** False for folders, links, pipes, sockets and devices. */
  readonly isFile: boolean;
  /** Only ever true of what `lstat` says. */
  readonly isLink: boolean;
  /** Disk and number of the file: the same for two names of one file, another for one that took its place. */
  readonly identity: string;
  /** How many names it has; 0 once it was deleted. */
  readonly links: number;
  /** Number of its owner; 0 where the system knows none. */
  readonly owner: number;
  /** Permission bits, such as 0o644. */
  readonly mode: number;
  /** Last change in milliseconds since 1970 UTC. */
  readonly modifiedMs: number;
}

/**
 * The file operations on which everything that reads or writes is built, so that a test can make
 * any single one of them fail. Errors are those of `node:fs`; see `fileError` for what users read.
 */
export interface FileLayer {
  /** Opens a file with the flags of `node:fs` (`r`, `w`, `wx`, `a`, …, or numbers); new files get `mode`, default 0o666. */
  open(path: string, flags: string | number, mode?: number): Promise<number>;
  /** Reads at most `length` bytes; `position` null reads on from the last place. Returns 0 at the end. */
  read(
    fd: number,
    into: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ): Promise<number>;
  /** The same, before it returns. Throws what `read` would reject with. */
  readSync(fd: number, into: Uint8Array, offset: number, length: number, position: number): number;
  /** Writes at the end of what was written before; returns how many bytes were taken, which may be fewer. */
  write(fd: number, from: Uint8Array, offset: number, length: number): Promise<number>;
  /** The same, before it returns. Throws what `write` would reject with. */
  writeSync(fd: number, from: Uint8Array, offset: number, length: number): number;
  fdatasync(fd: number): Promise<void>;
  fsync(fd: number): Promise<void>;
  ftruncate(fd: number, length: number): Promise<void>;
  close(fd: number): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Gives a file a second name; fails with EEXIST when that name is taken. */
  link(existing: string, name: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /**
   * Makes one folder; with `parents` also those above it, and then an existing one is no error. New
   * ones get `mode`, default 0o777.
   */
  mkdir(path: string, parents: boolean, mode?: number): Promise<void>;
  /** Removes an empty folder. */
  rmdir(path: string): Promise<void>;
  stat(path: string): Promise<FileStatus>;
  /** The same of an open file. */
  fstat(fd: number): Promise<FileStatus>;
  /** The same of a link itself, where `stat` tells of what it leads to. */
  lstat(path: string): Promise<FileStatus>;
  /** The number by which the system knows the kind of file system that a path is on. */
  fileSystem(path: string): Promise<number>;
  /** Names in a folder, in no special order. */
  list(path: string): Promise<string[]>;
}

type Callback<T> = (error: NodeJS.ErrnoException | null, value: T) => void;

function promised<T>(start: (done: Callback<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value)));
  });
}

function finished(start: (done: (error: NodeJS.ErrnoException | null) => void) => void) {
  return new Promise<void>((resolve, reject) => {
    start((error) => (error ? reject(error) : resolve()));
  });
}

/** Folder by folder: the runtime's own `recursive` never ends below /proc, where nothing can be made. */
async function makeFolders(path: string, mode: number): Promise<void> {
  try {
    await makeFolder(path, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) {
      return passIfFolder(path, error);
    }
    await makeFolders(dirname(path), mode);
    await makeFolder(path, mode).catch((again: unknown) => passIfFolder(path, again));
  }
}

function makeFolder(path: string, mode: number): Promise<void> {
  return finished((done) => mkdir(path, mode, done));
}

/** A folder that is there already, or that another process has just made, is what was wanted. */
async function passIfFolder(path: string, error: unknown): Promise<void> {
  const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
  if (!exists || !(await isFolder(path))) throw error;
}

async function isFolder(path: string): Promise<boolean> {
  return (await promised<import('node:fs').Stats>((done) => stat(path, done))).isDirectory();
}

/** Numbers of files may be larger than a number can hold. */
function statusOf(status: BigIntStats): FileStatus {
  return {
    size: Number(status.size),
    isDirectory: status.isDirectory(),
    isFile: status.isFile(),
    isLink: status.isSymbolicLink(),
    identity: `${status.dev}:${status.ino}`,
    links: Number(status.nlink),
    owner: Number(status.uid),
    mode: Number(status.mode) & 0o777,
    modifiedMs: Number(status.mtimeNs / 1000n) / 1000,
  };
}

/** The file operations of the machine. */
export const nodeFiles: FileLayer = {
  open: (path, flags, mode = 0o666) => promised((done) => open(path, flags, mode, done)),
  read: (fd, into, offset, length, position) =>
    promised((done) => read(fd, into, offset, length, position, done)),
  readSync: (fd, into, offset, length, position) => readSync(fd, into, offset, length, position),
  write: (fd, from, offset, length) => promised((done) => write(fd, from, offset, length, done)),
  writeSync: (fd, from, offset, length) => writeSync(fd, from, offset, length),
  fdatasync: (fd) => finished((done) => fdatasync(fd, done)),
  fsync: (fd) => finished((done) => fsync(fd, done)),
  ftruncate: (fd, length) => finished((done) => ftruncate(fd, length, done)),
  close: (fd) => finished((done) => close(fd, done)),
  rename: (from, to) => finished((done) => rename(from, to, done)),
  link: (existing, name) => finished((done) => link(existing, name, done)),
  unlink: (path) => finished((done) => unlink(path, done)),
  mkdir: (path, parents, mode = 0o777) =>
    parents ? makeFolders(path, mode) : makeFolder(path, mode),
  rmdir: (path) => finished((done) => rmdir(path, done)),
  stat: async (path) => statusOf(await promised((done) => stat(path, { bigint: true }, done))),
  fstat: async (fd) => statusOf(await promised((done) => fstat(fd, { bigint: true }, done))),
  lstat: async (path) => statusOf(await promised((done) => lstat(path, { bigint: true }, done))),
  fileSystem: async (path) => (await promised<StatsFs>((done) => statfs(path, done))).type,
  list: (path) => promised<string[]>((done) => readdir(path, done)),
};
