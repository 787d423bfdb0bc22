import { join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import type { TuttiError } from '../../core/tutti-error.ts';
import {
  freeName,
  type InputFile,
  isUnchanged,
  keptInput,
  listInputs,
  moveFile,
  type PipelineFolder,
  refuseInput,
  removeUnbegun,
  SettlingFiles,
} from '../../experiment/pipeline/index.ts';
import { type RunFolder, runFolder } from '../../store/index.ts';
import type { FinishedRunNotice } from '../runs/prepare.ts';
import type { ReadyRun } from '../runs/ready-run.ts';
import type { RunRequest } from '../runs/run-input.ts';
import { goOnRequest } from './go-on-request.ts';
import { isOfFile, isOfRun } from './own-errors.ts';

/** What runs are prepared from. */
export interface NextRunOptions {
  readonly pipeline: PipelineFolder;
  readonly request: Omit<RunRequest, 'file'>;
  readonly settleMs: number;
  readonly clock: Clock;
  readonly prepare: (request: RunRequest) => Promise<ReadyRun | FinishedRunNotice>;
  /** Earlier runs that go on, before any file is taken. */
  readonly unfinished: readonly RunFolder[];
  readonly onLeft: (folder: string, error: TuttiError) => void;
  readonly onRefused: (file: string, error: TuttiError, movedTo: string) => void;
}

/** Prepares one run after the other: earlier ones first, then files as they come to stand still, the oldest first. */
export class NextRun {
  readonly #options: NextRunOptions;
  readonly #unfinished: RunFolder[];
  readonly #settling: SettlingFiles;

  constructor(options: NextRunOptions) {
    this.#options = options;
    this.#unfinished = [...options.unfinished];
    this.#settling = new SettlingFiles(options.settleMs);
  }

  /** True when nothing waits, settled or not. */
  get isEmpty(): boolean {
    return this.#unfinished.length === 0 && this.#settling.isEmpty;
  }

  /** Monotonic time at which another file may stand still; undefined when none is known. */
  nextSettledMs(): number | undefined {
    return this.#settling.nextSettledMs(this.#options.clock.monotonicMs());
  }

  /** Looks which files are there. @throws TuttiError `file_unreadable` */
  async look(): Promise<void> {
    const { pipeline, clock } = this.#options;
    this.#settling.look(await listInputs(pipeline.input), clock.monotonicMs());
  }

  /**
   * Prepares the next run; undefined while there is none.
   *
   * @throws what is neither a file's nor a run's alone, such as a full disk
   */
  async take(): Promise<ReadyRun | undefined> {
    for (let folder = this.#unfinished.shift(); folder; folder = this.#unfinished.shift()) {
      const run = await this.#goOn(folder);
      if (run !== undefined) return run;
    }
    const { clock } = this.#options;
    for (;;) {
      const file = this.#settling.firstSettled(clock.monotonicMs());
      if (file === undefined) return undefined;
      this.#settling.forget(file.name);
      const run = await this.#begin(file);
      if (run !== undefined) return run;
    }
  }

  async #goOn(folder: RunFolder): Promise<ReadyRun | undefined> {
    const { prepare, request, onLeft } = this.#options;
    try {
      const run = await prepare(goOnRequest(request, folder.path));
      return 'finished' in run ? undefined : run;
    } catch (error) {
      if (!isOfRun(error)) throw error;
      onLeft(folder.path, error);
      return undefined;
    }
  }

  /** A file that has changed meanwhile is left where it is, and waited for again. */
  async #begin(file: InputFile): Promise<ReadyRun | undefined> {
    const { prepare, request, pipeline } = this.#options;
    let run: ReadyRun | FinishedRunNotice;
    try {
      const own = { out: pipeline.output, file: file.path, fresh: true };
      run = await prepare({ ...request, ...own });
    } catch (error) {
      if (await isUnchanged(file, file.path)) await this.#refuse(file, error);
      else await this.look();
      return undefined;
    }
    if ('finished' in run) return undefined;
    try {
      if (await this.#moveIn(file, run)) return run;
    } catch (error) {
      await run.discard();
      throw error;
    }
    await run.discard();
    await removeUnbegun(runFolder(run.folder));
    await this.look();
    return undefined;
  }

  /** From here on the run has the file; it must be the one that was read. */
  async #moveIn(file: InputFile, { folder }: ReadyRun): Promise<boolean> {
    if (!(await isUnchanged(file, file.path))) return false;
    const kept = keptInput(folder, file.name);
    await moveFile(file.path, kept);
    if (await isUnchanged(file, kept, { elsewhere: true })) return true;
    // Who writes into it goes on writing into the same file, which waits again.
    const { input } = this.#options.pipeline;
    await moveFile(kept, join(input, await freeName(input, file.name)));
    return false;
  }

  async #refuse(file: InputFile, error: unknown): Promise<void> {
    if (!isOfFile(error)) throw error;
    const { pipeline, onRefused } = this.#options;
    onRefused(file.path, error, await refuseInput(file, error, pipeline));
  }
}
