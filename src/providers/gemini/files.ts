import { CallError } from '../../core/call-error.ts';
import type { FileStore, FileToStore, StoredFile } from '../../core/file-store.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import type { FileHttp } from '../provider.ts';
import { geminiType } from './media.ts';

/** Statuses for a file that is not there, and for one that is another account's. */
const GONE = [403, 404];
const PAGE = 100;
/** More pages than an account can have files for are a server that turns in circles. */
const MAX_PAGES = 10_000;

/** Opens the files that Gemini keeps for an account, for 48 hours. */
export function openGeminiFiles(http: FileHttp): FileStore {
  const base = `${http.basePath}/files`;
  return {
    address: `gemini ${http.origin}${http.basePath}`,
    upload: (file) => upload(http, file),
    async find(name) {
      const path = `${http.basePath}/${pathOf(name)}`;
      const { status, body } = await http.send({ method: 'GET', path, passed: GONE });
      return status < 300 ? readFile(body) : null;
    },
    async *list() {
      let token = '';
      for (let page = 0; page < MAX_PAGES; page++) {
        const next = token === '' ? '' : `&pageToken=${encodeURIComponent(token)}`;
        const path = `${base}?pageSize=${PAGE}${next}`;
        const { body } = await http.send({ method: 'GET', path });
        yield (Array.isArray(body.files) ? body.files : []).filter(isJsonObject).map(readFile);
        if (typeof body.nextPageToken !== 'string' || body.nextPageToken === '') return;
        token = body.nextPageToken;
      }
    },
    async delete(name) {
      const path = `${http.basePath}/${pathOf(name)}`;
      const { status } = await http.send({ method: 'DELETE', path, passed: GONE });
      return status < 300;
    },
  };
}

/** In two requests: one that names the file, one with its bytes, to the address that the first one gave. */
async function upload(http: FileHttp, file: FileToStore): Promise<StoredFile> {
  const started = await http.send({
    method: 'POST',
    path: `${uploadPath(http.basePath)}/files`,
    headers: {
      'x-goog-upload-protocol': 'resumable',
      'x-goog-upload-command': 'start',
      'x-goog-upload-header-content-length': String(file.size),
      'x-goog-upload-header-content-type': geminiType(file.mediaType),
    },
    body: JSON.stringify({ file: { ...(file.name !== null && { display_name: file.name }) } }),
  });
  const { body } = await http.send({
    method: 'POST',
    path: pathAt(http.origin, started.headers['x-goog-upload-url']),
    headers: { 'x-goog-upload-offset': '0', 'x-goog-upload-command': 'upload, finalize' },
    body: { size: file.size, chunks: file.chunks() },
  });
  return readFile(isJsonObject(body.file) ? body.file : body);
}

/** Uploads have the same path with a word before its version. */
function uploadPath(basePath: string): string {
  return basePath.replace(/(?=\/[^/]*$)|^$/, '/upload');
}

/** The bytes and the key go to the server that was asked, and to no other one. */
function pathAt(origin: string, address: string | string[] | undefined): string {
  const url = typeof address === 'string' ? URL.parse(address, origin) : null;
  if (url?.origin === origin) return `${url.pathname}${url.search}`;
  const where = url === null ? 'nowhere' : plainLine(url.origin, 100);
  throw new CallError('unexpected_redirect', `the upload of a file was sent on to ${where}`, {
    hint: 'Files are only brought to the server that is asked.',
  });
}

/** `files/abc`, whether the word before it is there or not. */
function pathOf(name: string): string {
  const id = name.replace(/^files\//, '');
  return `files/${encodeURIComponent(id)}`;
}

function readFile(file: JsonObject): StoredFile {
  const text = (key: string) => (typeof file[key] === 'string' ? (file[key] as string) : null);
  const name = text('name');
  const uri = text('uri');
  if (name === null || uri === null) {
    throw new CallError('response_without_choice', 'the answer names no file');
  }
  const size = Number(file.sizeBytes);
  const expiresAtMs = Date.parse(text('expirationTime') ?? '');
  const state = text('state');
  const { message } = isJsonObject(file.error) ? file.error : {};
  return {
    name,
    uri,
    mediaType: text('mimeType'),
    size: Number.isFinite(size) ? size : null,
    sha256: hexOf(text('sha256Hash')),
    displayName: text('displayName'),
    state: state === 'PROCESSING' ? 'processing' : state === 'FAILED' ? 'failed' : 'active',
    failure: typeof message === 'string' ? message : null,
    expiresAtMs: Number.isNaN(expiresAtMs) ? null : expiresAtMs,
  };
}

/** It is base64 of the bytes, or of their hexadecimal form. */
function hexOf(hash: string | null): string | null {
  if (hash === null) return null;
  const bytes = Buffer.from(hash, 'base64');
  const text = bytes.toString('latin1');
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  return bytes.length === 32 ? bytes.toString('hex') : null;
}
