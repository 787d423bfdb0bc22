import { createHash } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { Refusal } from '../vendors/refusal.ts';

const LASTING_MS = 48 * 60 * 60 * 1000;
const FILE_PATH = /^\/v1beta\/files(?:\/([\w-]+))?$/;
const START_PATH = /^\/upload\/v1beta\/files$/;

/** A file that was brought. */
interface KeptFile {
  readonly id: string;
  readonly displayName: string | null;
  readonly mimeType: string;
  readonly size: number;
  readonly sha256: string;
  readonly keptAtMs: number;
  readonly readyAtMs: number;
}

/** A file of which only its beginning was told. */
interface ExpectedFile {
  readonly displayName: string | null;
  readonly mimeType: string;
  readonly size: number;
}

/** What the Files API is asked. */
export interface FilesRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Of the server, such as `http://127.0.0.1:4010`. */
  readonly origin: string;
  readonly bytes: Buffer;
}

/** What it answers. */
export interface FilesAnswer {
  readonly body: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

/** True for a path of the Files API; `/v1/files` is OpenAI's. */
export function isFilesPath(path: string): boolean {
  return START_PATH.test(path) || FILE_PATH.test(path);
}

/** Gemini's Files API: files come in two requests, are processed for a while and go after 48 hours. Their bytes are not kept. */
export class GeminiFiles {
  readonly #clock: Clock;
  readonly #processingMs: number;
  readonly #files = new Map<string, KeptFile>();
  readonly #expected = new Map<string, ExpectedFile>();
  #number = 0;

  /** @param processingMs how long a file is processed */
  constructor(clock: Clock, processingMs: number) {
    this.#clock = clock;
    this.#processingMs = processingMs;
  }

  /** Answers a request. @throws Refusal as the vendor does */
  answer(request: FilesRequest): FilesAnswer {
    const { method, path, query, origin } = request;
    if (START_PATH.test(path)) {
      return query.has('upload_id') ? this.#finish(request) : this.#start(request);
    }
    const [, id] = FILE_PATH.exec(path) ?? [];
    if (id === undefined) return { body: this.#page(origin, query) };
    const file = this.#find(id);
    if (method !== 'DELETE') return { body: this.#shown(file, origin) };
    this.#files.delete(id);
    return { body: {} };
  }

  /**
   * Looks at the files that a request names.
   *
   * @throws Refusal for one that is not there or is still processed.
   */
  checkNamed(body: JsonObject): void {
    for (const uri of urisIn(body)) {
      const [, id] = /\/files\/([\w-]+)$/.exec(uri) ?? [];
      if (id === undefined) continue;
      const file = this.#find(id);
      if (file.readyAtMs > this.#clock.monotonicMs()) {
        throw new Refusal('bad_request', `The File ${id} is not in an ACTIVE state.`);
      }
    }
  }

  #find(id: string): KeptFile {
    const file = this.#files.get(id);
    const isThere = file && file.keptAtMs + LASTING_MS > this.#clock.wallMs();
    if (isThere) return file;
    const message = `You do not have permission to access the File ${id} or it may not exist.`;
    throw new Refusal('forbidden', message);
  }

  #start({ headers, bytes, origin, path }: FilesRequest): FilesAnswer {
    const size = Number(headers['x-goog-upload-header-content-length']);
    const mimeType = String(headers['x-goog-upload-header-content-type'] ?? '');
    const isStart =
      headers['x-goog-upload-protocol'] === 'resumable' &&
      headers['x-goog-upload-command'] === 'start';
    if (!isStart || !Number.isInteger(size) || mimeType === '') {
      throw new Refusal('bad_request', 'The beginning of an upload lacks a header.');
    }
    const upload = `upload${++this.#number}`;
    this.#expected.set(upload, { displayName: displayNameIn(bytes), mimeType, size });
    const url = `${origin}${path}?upload_id=${upload}&upload_protocol=resumable`;
    return { body: {}, headers: { 'x-goog-upload-url': url, 'x-goog-upload-status': 'active' } };
  }

  #finish({ headers, bytes, origin, query }: FilesRequest): FilesAnswer {
    const upload = query.get('upload_id') ?? '';
    const expected = this.#expected.get(upload);
    if (expected === undefined) throw new Refusal('not_found', 'There is no such upload.');
    const isWhole =
      headers['x-goog-upload-command'] === 'upload, finalize' &&
      headers['x-goog-upload-offset'] === '0' &&
      bytes.length === expected.size;
    if (!isWhole) throw new Refusal('bad_request', 'The upload is not what was announced.');
    this.#expected.delete(upload);
    const file: KeptFile = {
      ...expected,
      id: `sim-${upload}`,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      keptAtMs: this.#clock.wallMs(),
      readyAtMs: this.#clock.monotonicMs() + this.#processingMs,
    };
    this.#files.set(file.id, file);
    return { body: { file: this.#shown(file, origin) } };
  }

  #page(origin: string, query: URLSearchParams): JsonObject {
    const size = Math.max(1, Number(query.get('pageSize') ?? 10));
    const start = Number(query.get('pageToken') ?? 0);
    const files = [...this.#files.values()];
    const page = files.slice(start, start + size).map((file) => this.#shown(file, origin));
    const next = start + size < files.length && { nextPageToken: String(start + size) };
    return { ...(page.length > 0 && { files: page }), ...next };
  }

  #shown(file: KeptFile, origin: string): JsonObject {
    const { id, displayName, mimeType, size, sha256, keptAtMs, readyAtMs } = file;
    return {
      name: `files/${id}`,
      ...(displayName !== null && { displayName }),
      mimeType,
      sizeBytes: String(size),
      createTime: new Date(keptAtMs).toISOString(),
      expirationTime: new Date(keptAtMs + LASTING_MS).toISOString(),
      sha256Hash: Buffer.from(sha256).toString('base64'),
      uri: `${origin}/v1beta/files/${id}`,
      state: readyAtMs > this.#clock.monotonicMs() ? 'PROCESSING' : 'ACTIVE',
      source: 'UPLOADED',
    };
  }
}

function displayNameIn(bytes: Buffer): string | null {
  try {
    const body = JSON.parse(bytes.toString()) as JsonValue;
    const file = isJsonObject(body) && isJsonObject(body.file) ? body.file : {};
    const name = file.display_name ?? file.displayName;
    return typeof name === 'string' ? name : null;
  } catch {
    return null;
  }
}

function* urisIn({ contents }: JsonObject): Generator<string> {
  for (const content of Array.isArray(contents) ? contents : []) {
    const parts = isJsonObject(content) && Array.isArray(content.parts) ? content.parts : [];
    for (const part of parts) {
      const file = isJsonObject(part) ? (part.fileData ?? part.file_data) : undefined;
      const uri = isJsonObject(file) ? (file.fileUri ?? file.file_uri) : undefined;
      if (typeof uri === 'string') yield uri;
    }
  }
}
