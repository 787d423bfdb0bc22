import { AtomicFile, type FileLayer } from '../io/index.ts';
import { isAsWritten } from './appended-file.ts';
import type { Journal } from './journal.ts';
import { RecordLines } from './record-lines.ts';
import { recordText } from './record-text.ts';
import type { RunFolder } from './run-folder.ts';

/** Most rows from the first one without a record to the last one that has begun. */
const WINDOW = 16_384;
/** Most characters of rows and answers that wait for the record of an earlier row. */
const MAX_CHARACTERS = 8 * 1024 * 1024;

/** The records that are written already, and the files into which the others go. */
export interface BegunRecords {
  /** The first row without a record. */
  readonly row: number;
  readonly lines: RecordLines;
  readonly completed: AtomicFile;
  readonly failed: AtomicFile;
}

/**
 * Writes the records of a run while it goes on, in the order of its rows, from what is in memory anyway: at its end they
 * need not be made of input and journal. It ends with the first row that takes much longer than those behind it, or when a
 * file cannot be written, or is touched by others: then the rest is made of those two, or all.
 */
export class EarlyRecords {
  readonly #folder: RunFolder;
  readonly #files: FileLayer;
  #journal: Journal | undefined;
  readonly #completed: AtomicFile;
  readonly #failed: AtomicFile;
  readonly #lines: RecordLines;
  /** How the files were after the last write. */
  #state: string;
  /** By number of the row, less whole windows. */
  #texts: (string | undefined)[] = [];
  #contents: (string | undefined)[] = [];
  readonly #hasFailed = new Uint8Array(WINDOW);
  #characters = 0;
  #next = 0;
  #flushing: Promise<void> | undefined;
  #isOver = false;
  #isBroken = false;
  #isRemoved = false;

  private constructor(
    folder: RunFolder,
    files: FileLayer,
    completed: AtomicFile,
    failed: AtomicFile,
    state: string,
  ) {
    this.#folder = folder;
    this.#files = files;
    this.#completed = completed;
    this.#failed = failed;
    this.#state = state;
    this.#lines = new RecordLines(completed, failed, []);
  }

  /** Undefined where the files cannot be made: who makes them later says why. */
  static async open(folder: RunFolder, files: FileLayer): Promise<EarlyRecords | undefined> {
    const completed = await AtomicFile.create(folder.completed, { files }).catch(() => undefined);
    if (completed === undefined) return undefined;
    try {
      const failed = await AtomicFile.create(folder.failed, { files });
      const state = await stateOf(completed, failed);
      return new EarlyRecords(folder, files, completed, failed, state);
    } catch {
      await completed.abort();
      return undefined;
    }
  }

  /** Takes the journal that the answers are written into; of a run that goes on in a second one, all is made in the end. */
  follow(journal: Journal): void {
    journal.onFull(() => this.#giveRoom());
    if (this.#journal === undefined) this.#journal = journal;
    else this.#isBroken = true;
  }

  /** Takes the text of a row that begins. */
  begin(row: number, text: string): void {
    if (this.#isOver || row < this.#next) return;
    this.#characters += text.length;
    if (row - this.#next >= WINDOW || this.#characters > MAX_CHARACTERS) this.#giveUp();
    else this.#texts[row % WINDOW] = text;
  }

  /** Takes what a row's record has besides its text, `,"response":…,"answer":{…}`, once that is safe. */
  end(row: number, content: string, failed: boolean): void {
    const slot = row % WINDOW;
    if (this.#isOver || row < this.#next || this.#texts[slot] === undefined) return;
    this.#contents[slot] = content;
    this.#hasFailed[slot] = failed ? 1 : 0;
    this.#characters += content.length;
    if (this.#characters > MAX_CHARACTERS) this.#giveUp();
    else if (row === this.#next) this.#advance();
  }

  /**
   * Ends it, what is still held being in the lines. The answers count as the journal has them: undefined when that has
   * changed since it was written, or so have the files, or one could not be written.
   */
  async finish(): Promise<BegunRecords | undefined> {
    while (this.#flushing !== undefined) await this.#flushing;
    this.#giveUp();
    if (this.#isBroken || !(await this.#isSafe())) {
      await this.abort();
      return undefined;
    }
    const [lines, completed, failed] = [this.#lines, this.#completed, this.#failed];
    return { row: this.#next, lines, completed, failed };
  }

  /** Removes what was written. */
  async abort(): Promise<void> {
    this.#giveUp();
    await this.#flushing;
    await this.#remove();
  }

  /** Gives the space of the records to the answers; false when that was done before. */
  async #giveRoom(): Promise<boolean> {
    if (this.#isRemoved) return false;
    this.#isBroken = true;
    await this.abort();
    return true;
  }

  async #remove(): Promise<void> {
    await this.#completed.abort();
    await this.#failed.abort();
    this.#isRemoved = true;
  }

  async #isSafe(): Promise<boolean> {
    const written = this.#journal?.written;
    if (written === undefined || !(await this.#isUntouched())) return false;
    return isAsWritten(this.#folder.journal, written, this.#files).catch(() => false);
  }

  async #isUntouched(): Promise<boolean> {
    return this.#state === (await stateOf(this.#completed, this.#failed));
  }

  #advance(): void {
    while (this.#flushing === undefined && !this.#isOver) {
      const slot = this.#next % WINDOW;
      const text = this.#texts[slot];
      const content = this.#contents[slot];
      if (text === undefined || content === undefined) return;
      this.#texts[slot] = undefined;
      this.#contents[slot] = undefined;
      this.#characters -= text.length + content.length;
      this.#next++;
      const failed = this.#hasFailed[slot] === 1;
      const record = { text: recordText(text, `${content}}`), failed, lost: false };
      if (this.#lines.add(record)) this.#flush();
    }
  }

  #flush(): void {
    this.#flushing = this.#write().then(() => {
      this.#flushing = undefined;
      this.#advance();
    });
  }

  /** Writes what is held; what then cannot be used does not take the disk's space from the answers. */
  async #write(): Promise<void> {
    try {
      if (!(await this.#isUntouched())) this.#isBroken = true;
      if (!this.#isBroken) await this.#lines.flush();
      this.#state = await stateOf(this.#completed, this.#failed);
    } catch {
      this.#isBroken = true;
    }
    if (!this.#isBroken) return;
    this.#giveUp();
    await this.#remove();
  }

  #giveUp(): void {
    this.#isOver = true;
    this.#texts = [];
    this.#contents = [];
  }
}

async function stateOf(completed: AtomicFile, failed: AtomicFile): Promise<string> {
  return (await Promise.all([completed.state(), failed.state()])).join(', ');
}
