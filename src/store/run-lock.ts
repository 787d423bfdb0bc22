import { dirname } from 'node:path';
import type { Clock, Random } from '../core/clock.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { type FileLayer, fileError, nodeFiles } from '../io/index.ts';
import { createLockFile, type LockHolder, readLockFile, writeLockFile } from './lock-file.ts';
import { isAlive, type ProcessIdentity, thisProcess } from './process-identity.ts';

/** How a lock is taken. */
export interface RunLockOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Who takes it; default: this process. */
  readonly self?: ProcessIdentity;
  /** Default: the machine's. */
  readonly files?: FileLayer;
}

/** Times that the lock may change hands while one process tries to take it. */
const MAX_TRIES = 50;

/**
 * The right to write into a run's folder, held by at most one process.
 *
 * A lock whose process is gone is taken over. For that, `lock.after-TOKEN` is made, which can
 * succeed only once for each lock; the one who made it makes sure that the lock is still the one it
 * saw, and puts its own in place of it. If it dies on the way, its own file is the next link of the
 * chain and is taken over in the same manner.
 */
export class RunLock {
  readonly #path: string;
  readonly #holder: LockHolder;
  readonly #files: FileLayer;
  #held = true;

  private constructor(path: string, holder: LockHolder, files: FileLayer) {
    this.#path = path;
    this.#holder = holder;
    this.#files = files;
  }

  /**
   * Takes the lock.
   *
   * @throws TuttiError `run_locked` when a live process, or one on another host, holds it.
   */
  static async acquire(path: string, options: RunLockOptions): Promise<RunLock> {
    const files = options.files ?? nodeFiles;
    const self = options.self ?? thisProcess();
    const token = `${self.pid}-${Math.floor(options.random() * 2 ** 48).toString(16)}`;
    const since = new Date(options.clock.wallMs()).toISOString();
    const holder: LockHolder = { ...self, since, token };
    try {
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        if (await createLockFile(files, path, `${path}.draft-${token}`, holder)) {
          return new RunLock(path, holder, files);
        }
        if (await takeOver(files, path, holder)) return new RunLock(path, holder, files);
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
    const current = await readLockFile(this.#files, this.#path).catch(() => 'unreadable' as const);
    if (typeof current === 'string' || current.token !== this.#holder.token) return;
    await this.#files.unlink(this.#path).catch(() => {});
  }
}

/** Returns false when the lock was let go or taken by somebody else meanwhile: try again. */
async function takeOver(files: FileLayer, path: string, self: LockHolder): Promise<boolean> {
  const head = await readLockFile(files, path);
  if (head === 'absent') return false;
  if (head === 'unreadable') throw unreadable(path);
  const links: string[] = [];
  let last = head;
  for (;;) {
    if (isAlive(last, self)) throw locked(path, last, self);
    const link = `${path}.after-${last.token}`;
    links.push(link);
    const next = await readLockFile(files, link);
    if (next === 'absent') break;
    if (next === 'unreadable') throw unreadable(link);
    last = next;
  }
  const won = links.at(-1)!;
  if (!(await createLockFile(files, won, `${path}.draft-${self.token}`, self))) return false;
  const current = await readLockFile(files, path);
  if (typeof current === 'string' || current.token !== head.token) {
    await files.unlink(won);
    return false;
  }
  const draft = `${path}.draft-${self.token}`;
  await writeLockFile(files, draft, 'w', self);
  await files.rename(draft, path);
  for (const link of links) await files.unlink(link).catch(() => {});
  return true;
}

function locked(path: string, holder: LockHolder, self: ProcessIdentity): TuttiError {
  const elsewhere = holder.host !== self.host;
  return new TuttiError(
    'run_locked',
    `Process ${holder.pid} on ${elsewhere ? holder.host : `this machine (${holder.host})`} ` +
      `has been working in ${dirname(path)} since ${holder.since}`,
    {
      hint: elsewhere
        ? `Wait for it to end; if it is gone for certain, delete ${path}.`
        : 'Wait for it to end, or stop it; a run of a process that is gone is taken over by itself.',
    },
  );
}

function unreadable(path: string): TuttiError {
  return new TuttiError('run_locked', `${path} is there but does not say who holds it`, {
    hint: `If no other process works in ${dirname(path)}, delete it.`,
  });
}
