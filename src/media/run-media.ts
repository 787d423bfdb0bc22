import type { Message } from '../core/message.ts';
import type { FileLayer } from '../io/index.ts';
import type { MediaTarget } from './conversion/convert-part.ts';
import { isPlain } from './conversion/is-plain.ts';
import { MediaProblem } from './findings/media-problem.ts';
import type { MediaOptions, OpenedMedia, RowFindings } from './opened-media.ts';

/**
 * The media of one experiment: checks what its rows name, and turns their parts into what is sent. What that takes is
 * loaded with the first row that is more than text.
 */
export class RunMedia {
  readonly #options: MediaOptions;
  #opened: OpenedMedia | undefined;

  constructor(options: MediaOptions) {
    this.#options = options;
  }

  get folder(): string {
    return this.#options.folder;
  }

  /** SHA-256 of the files that were looked at, and of their paths; null if there is none. */
  get digest(): string | null {
    return this.#opened?.digest ?? null;
  }

  /** Looks at the media of a conversation: a promise only where something is new, null where nothing is to be said. */
  check(
    messages: readonly Message[],
    target: MediaTarget,
  ): RowFindings | null | Promise<RowFindings | null> {
    if (messages.every(isPlain)) return null;
    if (this.#opened !== undefined) return this.#opened.check(messages, target);
    return this.#open().then((opened) => opened.check(messages, target));
  }

  /**
   * The conversation as it is sent, of one that was checked; the same where nothing in it needs to be converted.
   *
   * @throws MediaProblem what `check` would have found.
   */
  convert(messages: readonly Message[], target: MediaTarget): readonly Message[] {
    if (messages.every(isPlain)) return messages;
    if (this.#opened === undefined) throw new MediaProblem('nothing of it was looked at', null);
    return this.#opened.convert(messages, target);
  }

  /**
   * Keeps the list of a run's media beside it, and takes note of what an earlier process brought to vendors.
   *
   * @throws TuttiError when it cannot be read or written
   */
  async keepIn(path: string, files?: FileLayer): Promise<void> {
    await this.#opened?.keepIn(path, files);
  }

  /** Paths of files that are others than a run's list has, in the order of its rows. @throws TuttiError */
  async changedSince(path: string, files?: FileLayer): Promise<string[]> {
    return (await this.#opened?.changedSince(path, files)) ?? [];
  }

  /** Waits for nothing any longer. */
  close(): void {
    this.#opened?.close();
  }

  async #open(): Promise<OpenedMedia> {
    const { OpenedMedia } = await import('./opened-media.ts');
    this.#opened ??= new OpenedMedia(this.#options);
    return this.#opened;
  }
}
