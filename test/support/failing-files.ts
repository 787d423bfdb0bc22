import { type FileLayer, nodeFiles } from '../../src/io/index.ts';

/** Which operation goes wrong, and how. */
export interface FileFault {
  /** Number of the operation that fails, counted from 1. */
  readonly at: number;
  /** The system's code, such as `ENOSPC`, or a write that takes only half of the bytes. */
  readonly fault: string;
  /** Operations that count; default all. */
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

/** The machine's file operations, but one of them fails. */
export function failingFiles(plan: FileFault): FailingFiles {
  let count = 0;
  let failed = false;
  const fails = (name: keyof FileLayer) => {
    if (failed && plan.forGood && CHANGES.has(name)) return true;
    if (plan.only !== undefined && !plan.only.includes(name)) return false;
    if (++count !== plan.at) return false;
    failed = true;
    return true;
  };
  const { write } = nodeFiles;
  const wrapped = Object.entries(nodeFiles).map(([name, operation]) => [
    name,
    async (...args: never[]) => {
      const run = operation as (...args: never[]) => Promise<unknown>;
      if (!fails(name as keyof FileLayer)) return run(...args);
      if (plan.fault === 'short' && name === 'write') {
        const [fd, bytes, offset, length] = args as unknown as [number, Uint8Array, number, number];
        return write(fd, bytes, offset, Math.ceil(length / 2));
      }
      if (plan.fault === 'short') return run(...args);
      throw Object.assign(new Error(`${plan.fault}: made to fail`), { code: plan.fault });
    },
  ]);
  return { files: Object.fromEntries(wrapped) as FileLayer, failed: () => failed };
}
