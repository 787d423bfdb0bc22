import type { StoredFile } from '../../core/file-store.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import {
  type FileLayer,
  fileError,
  nodeFiles,
  readLines,
  systemCode,
  writeAll,
  writeFileAtomically,
} from '../../io/index.ts';
import type { CheckedFile } from '../files/media-file.ts';

/** Written in one piece. */
const BATCH_CHARACTERS = 64 * 1024;
const MAX_LINE_BYTES = 64 * 1024;

/** A file that was brought to a vendor's store. */
export interface KeptUpload {
  readonly store: string;
  readonly sha256: string;
  readonly file: StoredFile;
}

/**
 * What a run's `media.jsonl` holds: a line for each file that rows name, and one for each file that was brought to a
 * vendor. Unknown types of lines and broken ones are passed over.
 */
export class MediaList {
  readonly path: string;
  readonly #files: FileLayer;

  /** @param files how it is opened */
  constructor(path: string, files: FileLayer = nodeFiles) {
    this.path = path;
    this.#files = files;
  }

  /** Writes the list of a run that begins. @throws TuttiError */
  async begin(all: Iterable<CheckedFile>): Promise<void> {
    let text = '';
    const lines: string[] = [];
    for (const { path, sha256, size, mediaType } of all) {
      text += line({ type: 'file', path, sha256, size, media_type: mediaType });
      if (text.length > BATCH_CHARACTERS) {
        lines.push(text);
        text = '';
      }
    }
    await writeFileAtomically(this.path, lines.join('') + text, { files: this.#files });
  }

  /** Adds a file that was brought. @throws TuttiError */
  async add(store: string, sha256: string, file: StoredFile): Promise<void> {
    const { name, uri, mediaType, size, expiresAtMs } = file;
    const expires = expiresAtMs === null ? null : new Date(expiresAtMs).toISOString();
    const brought = { store, sha256, name, uri, media_type: mediaType, size, expires_at: expires };
    try {
      const fd = await this.#files.open(this.path, 'a');
      try {
        await writeAll(this.#files, fd, Buffer.from(line({ type: 'upload', ...brought })));
      } finally {
        await this.#files.close(fd);
      }
    } catch (cause) {
      throw await fileError(cause, this.path, 'write');
    }
  }

  /** The files that were brought, oldest first; null where there is no list. @throws TuttiError when it cannot be read */
  async uploads(): Promise<readonly KeptUpload[] | null> {
    if (!(await this.#exists())) return null;
    const found: KeptUpload[] = [];
    for await (const one of this.#lines()) {
      const upload = one.type === 'upload' ? readUpload(one) : null;
      if (upload !== null) found.push(upload);
    }
    return found;
  }

  /** SHA-256 of the files that rows named then, by their paths. @throws TuttiError */
  async hashes(): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    if (!(await this.#exists())) return found;
    for await (const { type, path, sha256 } of this.#lines()) {
      if (type === 'file' && typeof path === 'string' && typeof sha256 === 'string') {
        found.set(path, sha256);
      }
    }
    return found;
  }

  async #exists(): Promise<boolean> {
    try {
      await this.#files.lstat(this.path);
      return true;
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return false;
      throw await fileError(error, this.path, 'read');
    }
  }

  async *#lines(): AsyncGenerator<JsonObject, void> {
    const options = { files: this.#files, maxLineBytes: MAX_LINE_BYTES };
    for await (const lines of readLines(this.path, options)) {
      for (const { text, problem } of lines) {
        const value = problem === null ? parsed(text) : null;
        if (value !== null && value.v === 1) yield value;
      }
    }
  }
}

function line(fields: JsonObject): string {
  return `${JSON.stringify({ v: 1, ...fields })}\n`;
}

function parsed(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

function readUpload(fields: JsonObject): KeptUpload | null {
  const { store, sha256, name, uri, size, media_type: mediaType, expires_at: expires } = fields;
  if (typeof store !== 'string' || typeof sha256 !== 'string') return null;
  if (typeof name !== 'string' || typeof uri !== 'string') return null;
  const expiresAtMs = typeof expires === 'string' ? Date.parse(expires) : Number.NaN;
  return {
    store,
    sha256,
    file: {
      ...{ name, uri, sha256, displayName: null, state: 'processing', failure: null },
      mediaType: typeof mediaType === 'string' ? mediaType : null,
      size: typeof size === 'number' ? size : null,
      expiresAtMs: Number.isNaN(expiresAtMs) ? null : expiresAtMs,
    },
  };
}
