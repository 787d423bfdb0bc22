import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { systemCode } from '../io/index.ts';

/** Which process this is, on which machine and since which start of the machine. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Changes with every start of the machine; null where the system does not tell. */
  readonly bootId: string | null;
  /** Within what its number means something: containers number theirs each by itself. Null where there is no such thing. */
  readonly pidNamespace: string | null;
  /** When the process began, in the system's own count; null where the system does not tell. */
  readonly processStart: string | null;
}

/** Describes the running process. */
export function thisProcess(): ProcessIdentity {
  return {
    pid: process.pid,
    host: hostname(),
    bootId: readOrNull('/proc/sys/kernel/random/boot_id'),
    pidNamespace: linkOrNull('/proc/self/ns/pid'),
    processStart: statusOf('self')?.start ?? null,
  };
}

/**
 * Tells whether a process still runs, of which it is known that its number means the same as here. A zombie does not;
 * one whose number was given to another does not, either.
 */
export function isRunning({ pid, processStart }: ProcessIdentity): boolean {
  if (!pidExists(pid)) return false;
  // A container may see the processes of another one below /proc.
  const status = linkOrNull('/proc/self') === String(process.pid) ? statusOf(pid) : null;
  if (status === null) return true;
  if (status.state === 'Z' || status.state === 'X') return false;
  return processStart === null || status.start === processStart;
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

/** A short name, fit for a file name, for where a process's number means something. */
export function placeMark({ host, bootId, pidNamespace }: ProcessIdentity): string {
  const place = JSON.stringify([host, bootId, pidNamespace]);
  return createHash('sha256').update(place).digest('hex').slice(0, 8);
}

/** A number is given again to another process one day; its start tells the two apart. */
function statusOf(pid: number | 'self'): { state: string; start: string } | null {
  const status = readOrNull(`/proc/${pid}/stat`);
  // The name in parentheses may hold spaces; state and start are the 1st and the 20th field behind it.
  const fields = status?.slice(status.lastIndexOf(')') + 2).split(' ') ?? [];
  const [state] = fields;
  const start = fields[19];
  return state === undefined || start === undefined ? null : { state, start };
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}

function linkOrNull(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}
