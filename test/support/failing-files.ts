import { type FileLayer, nodeFiles } from '../../src/io/index.ts';

/** Which operation goes wrong, and how. */
export interface FileFault {
  /** Number of the operation that fails, counted from 1. */
  readonly at: number;
  /** The system's code, such as `ENOSPC`, or a write that takes only half of the bytes. */
  readonly fault: string;
  /** Operations that count; default all. `write` is every kind of write. */
  readonly only?: readonly (keyof FileLayer)[];
  /** True when all later writes and syncs fail in the same way, as on a full disk; default false. */
  readonly forGood?: boolean;
}

/** File operations of which one fails. */
export interface FailingFiles {
  readonly files: FileLayer;
  /** Tells whether the operation was reached. */
  failed(): boolean;
}

const CHANGES: ReadonlySet<string> = new Set(['write', 'fdatasync', 'fsync', 'ftruncate']);

/** The machine's file operations, but one of them fails. A write is a write, whichever way it is made. */
export function failingFiles(plan: FileFault): FailingFiles {
  const real = { ...nodeFiles };
  let count = 0;
  let failed = false;
  const fails = (name: keyof FileLayer) => {
    if (failed && plan.forGood && CHANGES.has(name)) return true;
    if (plan.only !== undefined && !plan.only.includes(name)) return false;
    if (++count !== plan.at) return false;
    failed = true;
    return true;
  };
  const cut = (name: keyof FileLayer, length: number) => {
    if (!fails(name)) return length;
    if (plan.fault === 'short') return Math.ceil(length / 2);
    throw Object.assign(new Error(`${plan.fault}: made to fail`), { code: plan.fault });
  };
  const wrapped = Object.entries(real).map(([name, operation]) => [
    name,
    async (...args: never[]) => {
      cut(name as keyof FileLayer, 0);
      return (operation as (...args: never[]) => Promise<unknown>)(...args);
    },
  ]);
  const files: FileLayer = {
    ...(Object.fromEntries(wrapped) as FileLayer),
    readSync: (fd, bytes, offset, length, position) =>
      real.readSync(fd, bytes, offset, cut('readSync', length), position),
    write: async (fd, bytes, offset, length) => real.write(fd, bytes, offset, cut('write', length)),
    writeSync: (fd, bytes, offset, length) =>
      real.writeSync(fd, bytes, offset, cut('write', length)),
  };
  return { files, failed: () => failed };
}
