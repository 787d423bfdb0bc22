import { hideCursors, showCursors } from './live-view.ts';

/** The part of `process` that a suspension needs. */
export interface SuspendedProcess {
  readonly pid: number;
  on(signal: 'SIGTSTP' | 'SIGCONT', listener: () => void): unknown;
  kill(pid: number, signal: 'SIGSTOP'): unknown;
}

/** Gives the cursor back while Ctrl-Z has stopped this process, and takes it again when it goes on. */
export function pauseOnSuspend(source: SuspendedProcess): void {
  source.on('SIGTSTP', () => {
    showCursors();
    source.kill(source.pid, 'SIGSTOP');
  });
  source.on('SIGCONT', hideCursors);
}
