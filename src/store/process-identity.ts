import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { systemCode } from '../io/index.ts';

/** Which process this is, on which machine and since which start of the machine. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Changes with every start of the machine; null where the system does not tell. */
  readonly bootId: string | null;
  /** When the process began, in the system's own count; null where the system does not tell. */
  readonly processStart: string | null;
}

/** Describes the running process. */
export function thisProcess(): ProcessIdentity {
  return {
    pid: process.pid,
    host: hostname(),
    bootId: readOrNull('/proc/sys/kernel/random/boot_id'),
    processStart: processStart(process.pid),
  };
}

/** Tells whether a process that was described before still runs; true when that cannot be known. */
export function isAlive(other: ProcessIdentity, self: ProcessIdentity): boolean {
  if (other.host !== self.host) return true;
  if (other.bootId !== null && self.bootId !== null && other.bootId !== self.bootId) return false;
  if (!pidExists(other.pid)) return false;
  const start = processStart(other.pid);
  return other.processStart === null || start === null || start === other.processStart;
}

/** Tells whether this machine runs a process of that number. */
export function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

/** A short name for a host, fit for a file name. */
export function hostMark(host: string): string {
  return createHash('sha256').update(host).digest('hex').slice(0, 8);
}

/** A number is given again to another process one day; its start tells the two apart. */
function processStart(pid: number): string | null {
  const status = readOrNull(`/proc/${pid}/stat`);
  // The name in parentheses may hold spaces; the start is the 20th field behind it.
  return status?.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}
