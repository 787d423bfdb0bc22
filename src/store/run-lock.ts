import { dirname } from 'node:path';
import type { Clock, Random } from '../core/clock.ts';
import { createSystemClock } from '../core/system-clock.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { type FileLayer, fileError, nodeFiles, systemCode } from '../io/index.ts';
import { beat, createLockFile, type LockHolder, readLockFile, writeLockFile } from './lock-file.ts';
import { judgeLock, type LockVerdict, STALE_MS } from './lock-verdict.ts';
import { type ProcessIdentity, thisProcess } from './process-identity.ts';

/** How a lock is taken. */
export interface RunLockOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Who takes it; default: this process. */
  readonly self?: ProcessIdentity;
  /** By what the heart beats; default: the machine's clock, which keeps no process alive. */
  readonly heart?: Clock;
  /** Default: the machine's. */
  readonly files?: FileLayer;
}

/** Times that the lock may change hands while one process tries to take it. */
const MAX_TRIES = 50;

const BEAT_MS = 10_000;

/**
 * The right to write into a run's folder, held by at most one process.
 *
 * A lock whose process is gone is taken over. For that, `lock.after-TOKEN` is made, which can
 * succeed only once for each lock; the one who made it makes sure that the lock is still the one it
 * saw, and puts its own in place of it. If it dies on the way, its own file is the next link of the
 * chain and is taken over in the same manner.
 *
 * While it is held its file is written anew every ten seconds, so that other hosts and containers see that its
 * holder lives. A holder that was stopped for so long that it was taken for dead learns so by the next beat.
 */
export class RunLock {
  /** How it is known that its holder before was gone; null when there was none. */
  readonly takenOver: string | null;
  readonly #path: string;
  readonly #holder: LockHolder;
  readonly #files: FileLayer;
  readonly #lost = new AbortController();
  #cancelBeat: () => void = () => {};
  #held = true;

  private constructor(path: string, holder: LockHolder, takenOver: string | null, heart: Heart) {
    this.#path = path;
    this.#holder = holder;
    this.#files = heart.files;
    this.takenOver = takenOver;
    this.#waitToBeat(heart.clock);
  }

  /** Aborted with a TuttiError `run_locked` once another process has the lock: nothing may be written any more. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * Takes the lock.
   *
   * @throws TuttiError `run_locked` when a process holds it of which it is not certain that it is gone.
   */
  static async acquire(path: string, options: RunLockOptions): Promise<RunLock> {
    const files = options.files ?? nodeFiles;
    const self = options.self ?? thisProcess();
    const token = `${self.pid}-${Math.floor(options.random() * 2 ** 48).toString(16)}`;
    const since = new Date(options.clock.wallMs()).toISOString();
    const holder: LockHolder = { ...self, since, token, beats: true };
    const heart = { files, clock: options.heart ?? createSystemClock({ holdsProcess: false }) };
    try {
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        if (await createLockFile(files, path, `${path}.draft-${token}`, holder)) {
          return new RunLock(path, holder, null, heart);
        }
        const takenOver = await takeOver(files, path, holder).catch(nullIfGone);
        if (takenOver !== null) return new RunLock(path, holder, takenOver, heart);
      }
    } catch (cause) {
      throw await fileError(cause, path, 'write');
    }
    throw new TuttiError('run_locked', `${path} keeps changing hands`, { hint: 'Try again.' });
  }

  /** Gives the lock back; never fails. */
  async release(): Promise<void> {
    if (!this.#held) return;
    this.#held = false;
    this.#cancelBeat();
    const current = await readLockFile(this.#files, this.#path).catch(() => 'unreadable' as const);
    if (typeof current === 'string' || current.token !== this.#holder.token) return;
    await this.#files.unlink(this.#path).catch(() => {});
  }

  #waitToBeat(clock: Clock): void {
    this.#cancelBeat = clock.after(BEAT_MS, () => {
      // A disk that fails once is no reason to stop; others wait for some beats to be missing.
      const isMine = beat(this.#files, this.#path, this.#holder).catch(() => true);
      void isMine.then((mine) => {
        if (!this.#held) return;
        if (mine) this.#waitToBeat(clock);
        else this.#lost.abort(lostTo(this.#path));
      });
    });
  }
}

/** What makes a lock's heart beat. */
interface Heart {
  readonly files: FileLayer;
  readonly clock: Clock;
}

/** Tells why the holder is gone whose lock was taken; null when it was let go or taken by somebody else: try again. */
async function takeOver(files: FileLayer, path: string, self: LockHolder): Promise<string | null> {
  const head = await readLockFile(files, path);
  if (head === 'absent') return null;
  if (head === 'unreadable') throw unreadable(path);
  const draft = `${path}.draft-${self.token}`;
  const folderNowMs = () => timeOfFolder(files, draft, self);
  const links: string[] = [];
  let last = head;
  let why: string | undefined;
  for (let place = path; ; ) {
    const verdict = await judgeLock(last, self, place, { files, folderNowMs });
    if (!verdict.gone) throw locked(path, last, self, verdict);
    why ??= verdict.why;
    place = `${path}.after-${last.token}`;
    links.push(place);
    const next = await readLockFile(files, place);
    if (next === 'absent') break;
    if (next === 'unreadable') throw unreadable(place);
    last = next;
  }
  const won = links.at(-1)!;
  if (!(await createLockFile(files, won, draft, self))) return null;
  const current = await readLockFile(files, path);
  if (typeof current === 'string' || current.token !== head.token) {
    await files.unlink(won);
    return null;
  }
  await writeLockFile(files, draft, 'w', self);
  await files.rename(draft, path);
  for (const link of links) await files.unlink(link).catch(() => {});
  return why;
}

/** A lock that is let go while it is looked at can be taken the usual way. */
function nullIfGone(error: unknown): null {
  if (systemCode(error) === 'ENOENT') return null;
  throw error;
}

/** What time a file gets that is written now: a server's clock need not be this machine's. */
async function timeOfFolder(files: FileLayer, draft: string, self: LockHolder): Promise<number> {
  await writeLockFile(files, draft, 'w', self);
  const { modifiedMs } = await files.stat(draft);
  await files.unlink(draft);
  return modifiedMs;
}

function locked(
  path: string,
  holder: LockHolder,
  self: ProcessIdentity,
  { silentMs }: Extract<LockVerdict, { gone: false }>,
): TuttiError {
  const isHere = holder.host === self.host;
  const isContainer = isHere && silentMs !== null;
  const where = isHere ? `this machine (${holder.host})` : holder.host;
  return new TuttiError(
    'run_locked',
    `Process ${holder.pid} on ${where}${isContainer ? ', in another container,' : ''} ` +
      `has been working in ${dirname(path)} since ${holder.since}`,
    { hint: isHere && !isContainer ? HINT_HERE : hintElsewhere(path, silentMs) },
  );
}

const HINT_HERE =
  'Wait for it to end, or stop it; a run of a process that is gone is taken over by itself.';

function hintElsewhere(path: string, silentMs: number | null): string {
  if (silentMs === null) return `Wait for it to end; if it is gone for certain, delete ${path}.`;
  const silent = Math.max(0, Math.round(silentMs / 1000));
  return (
    `Its last sign of life was ${silent} s ago; after ${STALE_MS / 1000} s without one its run is taken over. ` +
    `If it is gone for certain, delete ${path}.`
  );
}

function lostTo(path: string): TuttiError {
  return new TuttiError(
    'run_locked',
    `Another process has taken over the run in ${dirname(path)}`,
    {
      hint: 'This one had given no sign of life for too long. Every answer that it has kept is safe.',
    },
  );
}

function unreadable(path: string): TuttiError {
  return new TuttiError('run_locked', `${path} is there but does not say who holds it`, {
    hint: `If no other process works in ${dirname(path)}, delete it.`,
  });
}
