import { readFileSync } from 'node:fs';

/** What tells whether the end of a terminal concerns a process. */
export interface HangUpSigns {
  /** Whether standard input, output or error is a terminal. */
  readonly onTerminal: boolean;
  /** The variable `_`, in which shells name the program that they start. */
  readonly startedAs: string | undefined;
  /** Whether the process that started this one ignores SIGHUP: then this one was to ignore it, too. */
  readonly parentIgnores: boolean;
}

const SIGHUP_BIT = 1n;

/**
 * Tells whether a SIGHUP is meant for a process. `nohup` and `trap '' HUP` start it with that signal ignored, but Node
 * forgets that as it starts, so that it has to be read from what they leave behind: nohup takes every stream away from
 * the terminal (or, on some systems, at least stands in `_`), and a shell that ignores the signal goes on ignoring it.
 */
export function hearsHangUp({ onTerminal, startedAs, parentIgnores }: HangUpSigns): boolean {
  const isUnderNohup = startedAs !== undefined && /(^|\/)nohup$/.test(startedAs);
  return onTerminal && !isUnderNohup && !parentIgnores;
}

/** Tells whether a process ignores SIGHUP; false where the system does not tell (it is known on Linux). */
export function ignoresHangUp(pid: number): boolean {
  try {
    const [, mask] = /^SigIgn:\s*([0-9a-f]+)/m.exec(
      readFileSync(`/proc/${pid}/status`, 'utf8'),
    ) as RegExpExecArray;
    return (BigInt(`0x${mask}`) & SIGHUP_BIT) !== 0n;
  } catch {
    return false;
  }
}
