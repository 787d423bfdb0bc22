import type { Answer } from '../core/answer.ts';
import type { Clock } from '../core/clock.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { type FileLayer, type FileStatus, fileError, writeAll } from '../io/index.ts';
import type { AnswerLog, JournalOptions, LineWaiter } from './answer-log.ts';
import { AppendedFile, type WrittenBytes } from './appended-file.ts';
import {
  answerContent,
  answerLine,
  type CallMarks,
  endContent,
  onlyAnswerLine,
  type RowEnd,
  reopenedLine,
  rowEndLine,
  runLine,
} from './journal-line.ts';
import type { JournalPlace } from './journal-place.ts';
import { cannotSave, whatBecameOf } from './journal-watch.ts';
import { ownFiles } from './own-files.ts';
import { StagingBuffer } from './staging-buffer.ts';
import { type WaitingLine, wholeLines } from './waiting-lines.ts';

/**
 * So many answers are not kept back to the end of a turn: those who wait for them go on side by side with the rest of it.
 * Other lines go with them.
 */
const MANY_ANSWERS = 16;

/**
 * The append-only file of a run's answers, in the order in which they came. An answer that was
 * told to be written survives the end of the process; each second, and on `close`, everything is synced and
 * survives a loss of power too.
 *
 * What arrives in one turn of the event loop is written by one call, or some when it is much; each returns
 * when it is done: no thread is as quick. Only while the disk is slow does a thread write. The first failed
 * write or sync ends the journal: what was written of whole lines counts, a torn one is cut off, and
 * everything still waiting or kept later is refused. A failed sync is never repeated, since a second one
 * may succeed although the data is gone.
 */
export class Journal implements AnswerLog {
  readonly #path: string;
  readonly #files: FileLayer;
  readonly #fd: number;
  readonly #file: AppendedFile;
  readonly #clock: Clock;
  readonly #syncEveryMs: number;
  readonly #onFailure: ((error: TuttiError) => void) | undefined;
  /** Disk and number of the open file. */
  readonly #identity: string;
  /** Filled by what is kept while the other one is being written. */
  #filling = new StagingBuffer();
  #writing = new StagingBuffer();
  #waiters: WaitingLine[] = [];
  #answersWaiting = 0;
  #size: number;
  #saved: number;
  #synced: number;
  #syncedBytes: number;
  #failure: TuttiError | undefined;
  /** True once somebody else has changed the file. */
  #isChanged = false;
  #closed = false;
  /** Ends when nothing waits to be written. */
  #writes: Promise<void> | undefined;
  #onWritten = () => {};
  #planned: NodeJS.Immediate | undefined;
  #sync: Promise<void> | undefined;
  #cancelSync: (() => void) | undefined;

  private constructor(
    path: string,
    fd: number,
    { size, identity }: Pick<FileStatus, 'size' | 'identity'>,
    options: JournalOptions,
  ) {
    this.#path = path;
    this.#fd = fd;
    this.#size = size;
    this.#identity = identity;
    this.#files = ownFiles(options.files);
    this.#clock = options.clock;
    this.#file = new AppendedFile(fd, size, { files: this.#files, clock: options.clock });
    this.#syncEveryMs = options.syncEveryMs ?? 1000;
    this.#onFailure = options.onFailure;
    this.#saved = options.savedBefore ?? 0;
    this.#synced = this.#saved;
    this.#syncedBytes = size;
  }

  /**
   * Opens a journal to append to it, and makes it if need be. A torn last line must have been cut
   * off before (`readJournal` with `repair`).
   *
   * @throws TuttiError when the file cannot be opened.
   */
  static async open(path: string, options: JournalOptions): Promise<Journal> {
    const files = ownFiles(options.files);
    let fd: number | undefined;
    try {
      fd = await files.open(path, 'a');
      if (options.runId) {
        await writeAll(files, fd, Buffer.from(`${runLine(options.runId)}\n`));
      }
      return new Journal(path, fd, await files.fstat(fd), options);
    } catch (cause) {
      if (fd !== undefined) await files.close(fd).catch(() => {});
      throw await fileError(cause, path, 'write');
    }
  }

  /** Answers that are written, those of earlier sessions included. */
  get saved(): number {
    return this.#saved;
  }

  /** What was appended to the file since it was opened, while the journal works. */
  get written(): WrittenBytes {
    return this.#file.written;
  }

  /** See `AppendedFile.onFull`. */
  onFull(makeRoom: () => Promise<boolean>): void {
    this.#file.onFull(makeRoom);
  }

  /** The error that ended this journal; undefined while it works. */
  get failure(): TuttiError | undefined {
    return this.#failure;
  }

  keep(answer: Answer, marks: CallMarks | null, id: string | undefined, waiter: LineWaiter): void {
    const content = answerContent(answer);
    const line =
      marks === null ? onlyAnswerLine(answer, id, content) : answerLine(answer, marks, id, content);
    this.#add(line, content, true, waiter);
  }

  /**
   * Writes an answer as `keep` does; resolved when it is in the file.
   *
   * @throws TuttiError `disk_full` or `file_unwritable`, as a rejection, from the first failure on.
   */
  append(answer: Answer, marks: CallMarks | null = null, id?: string): Promise<JournalPlace> {
    return new Promise((written, failed) => this.keep(answer, marks, id, { written, failed }));
  }

  endRow(row: number, end: RowEnd, id: string | undefined, waiter: LineWaiter): void {
    const content = endContent(end);
    this.#add(rowEndLine(row, end, id, content), content, false, waiter);
  }

  /** Writes that a row is asked again where it failed (see `reopenedLine`); resolved when it is in the file. @throws as `append` does. */
  reopenRow(row: number, forgets: readonly string[] = []): Promise<JournalPlace> {
    const line = reopenedLine(row, forgets);
    return new Promise((written, failed) => this.#add(line, '', false, { written, failed }));
  }

  /**
   * Writes and syncs what is left and closes the file.
   *
   * @throws TuttiError when the journal has failed, now or before.
   */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#writes;
    this.#cancelSync?.();
    await this.#sync;
    if (this.#failure === undefined) await this.#syncNow();
    await this.#files.close(this.#fd).catch((cause) => this.#fail(cause, this.#synced));
    if (this.#failure !== undefined) throw this.#failure;
  }

  #add(line: string, content: string, isAnswer: boolean, waiter: LineWaiter): void {
    if (this.#failure !== undefined || this.#closed) {
      const closed = () => new TuttiError('internal_error', `${this.#path} is closed`);
      queueMicrotask(() => waiter.failed(this.#failure ?? closed()));
      return;
    }
    const offset = this.#size + this.#writing.length + this.#filling.length;
    const length = this.#filling.add(`${line}\n`) - 1;
    this.#waiters.push({ offset, length, content, isAnswer, waiter });
    if (isAnswer) this.#answersWaiting++;
    if (this.#writes === undefined) this.#planWrite();
    else if (isAnswer && this.#answersWaiting === MANY_ANSWERS && this.#planned !== undefined) {
      process.nextTick(this.#startWriting);
    }
  }

  /** After the callbacks of this turn of the event loop: answers that came together go together. */
  #planWrite(): void {
    this.#writes = new Promise((resolve) => {
      this.#onWritten = resolve;
    });
    this.#planned = setImmediate(this.#startWriting);
  }

  readonly #startWriting = (): void => {
    // By then it may have begun, or be done.
    if (this.#planned === undefined) return;
    clearImmediate(this.#planned);
    this.#planned = undefined;
    void this.#writeWaiting();
  };

  async #writeWaiting(): Promise<void> {
    while (this.#filling.length > 0 && this.#failure === undefined) {
      const waiters = this.#waiters;
      this.#waiters = [];
      this.#answersWaiting = 0;
      [this.#filling, this.#writing] = [this.#writing, this.#filling];
      const start = this.#size;
      let taken = 0;
      let failed: unknown;
      try {
        const write = this.#file.write(this.#writing.view(), (count) => {
          taken += count;
        });
        // A promise only where there is one: who waits is told in this turn.
        if (write !== undefined) await write;
      } catch (cause) {
        failed = cause;
      }
      // A sync that failed meanwhile leaves it open whether these bytes will reach the disk.
      failed ??= this.#failure;
      const whole = failed === undefined ? waiters.length : wholeLines(waiters, start + taken);
      for (let place = 0; place < whole; place++) if (waiters[place]!.isAnswer) this.#saved++;
      const last = waiters[whole - 1];
      this.#size = last === undefined ? start : last.offset + last.length + 1;
      this.#writing.clear();
      if (failed !== undefined) await this.#stop(failed, waiters.slice(whole), taken);
      for (let place = 0; place < whole; place++) waiters[place]!.waiter.written(waiters[place]!);
      if (whole > 0) this.#planSync();
    }
    this.#writes = undefined;
    if (this.#failure !== undefined) this.#rejectWaiting(this.#failure);
    this.#onWritten();
  }

  /** Ends the journal after a failed write. */
  async #stop(cause: unknown, lost: readonly WaitingLine[], taken: number): Promise<void> {
    // A torn line that cannot be cut off now is cut off when the journal is read again. A file that others have
    // changed has another length: to cut it might make it longer.
    if (taken > 0 && !this.#isChanged)
      await this.#files.ftruncate(this.#fd, this.#size).catch(() => {});
    const error = await this.#fail(cause, this.#saved);
    for (const { waiter } of lost) waiter.failed(error);
  }

  #rejectWaiting(error: TuttiError): void {
    for (const { waiter } of this.#waiters) waiter.failed(error);
    this.#waiters = [];
    this.#filling.clear();
  }

  #planSync(): void {
    if (this.#cancelSync !== undefined || this.#closed || this.#failure !== undefined) return;
    this.#cancelSync = this.#clock.after(this.#syncEveryMs, () => {
      this.#sync = this.#syncNow().then(() => {
        this.#cancelSync = undefined;
        if (this.#syncedBytes < this.#size) this.#planSync();
      });
    });
  }

  async #syncNow(): Promise<void> {
    const covered = this.#saved;
    const coveredBytes = this.#size;
    try {
      if (this.#syncedBytes < coveredBytes) await this.#files.fdatasync(this.#fd);
      this.#synced = covered;
      this.#syncedBytes = coveredBytes;
      await this.#watch();
    } catch (cause) {
      await this.#fail(cause, this.#synced);
    }
  }

  /** Notices that somebody has deleted, moved, emptied or written the file, before more is paid for. */
  async #watch(): Promise<void> {
    const least = this.#size;
    const opened = { path: this.#path, fd: this.#fd, identity: this.#identity };
    const most = () => this.#size + this.#writing.length;
    const became = await whatBecameOf(opened, least, most, this.#files);
    if (became === undefined || this.#failure !== undefined) return;
    this.#failure = became;
    this.#isChanged = true;
    this.#onFailure?.(became);
  }

  /** @param safe answers that are certainly in the file. */
  async #fail(cause: unknown, safe: number): Promise<TuttiError> {
    const error = await cannotSave(cause, this.#path, safe);
    if (this.#failure !== undefined) return this.#failure;
    this.#failure = error;
    this.#onFailure?.(this.#failure);
    return this.#failure;
  }
}
