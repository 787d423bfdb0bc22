import { readFile } from 'node:fs/promises';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { isLoopbackHost } from '../transport/loopback.ts';

const USUAL_TOKEN_URL = 'https://oauth2.googleapis.com/token';
const MOST_BYTES = 1024 * 1024;

/** What every kind of file has. */
interface Common {
  readonly file: string;
  /** Where tokens are given out: what the file says, else Google's own. */
  readonly tokenUrl: string;
  readonly projectId: string | null;
  /** The project whose quota a user's calls count against; null if none is named. */
  readonly quotaProjectId: string | null;
}

/** The key of a service account. */
export interface ServiceAccount extends Common {
  readonly kind: 'service account';
  readonly clientEmail: string;
  readonly privateKey: string;
  readonly privateKeyId: string | null;
}

/** The login of a user, as gcloud keeps it. */
export interface AuthorizedUser extends Common {
  readonly kind: 'user';
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

/** A file of credentials. */
export type CredentialsFile = ServiceAccount | AuthorizedUser;

/**
 * Reads a file of Google's credentials. Nothing that is in it is ever part of an error.
 *
 * @throws TuttiError `bad_settings` when it cannot be read or holds no credentials of a known kind.
 */
export async function readCredentials(file: string): Promise<CredentialsFile> {
  const content = await readObject(file);
  const common = {
    file,
    tokenUrl: tokenUrlOf(content, file),
    projectId: textIn(content, 'project_id'),
    quotaProjectId: textIn(content, 'quota_project_id'),
  };
  if (content.type === 'service_account') {
    return {
      ...common,
      kind: 'service account',
      clientEmail: needed(content, 'client_email', file),
      privateKey: needed(content, 'private_key', file),
      privateKeyId: textIn(content, 'private_key_id'),
    };
  }
  if (content.type === 'authorized_user') {
    return {
      ...common,
      kind: 'user',
      clientId: needed(content, 'client_id', file),
      clientSecret: needed(content, 'client_secret', file),
      refreshToken: needed(content, 'refresh_token', file),
    };
  }
  const type = textIn(content, 'type');
  const what = type === null ? 'no credentials' : `credentials of the kind ${plainLine(type, 60)}`;
  throw badFile(file, `holds ${what}`, KNOWN_KINDS);
}

const KNOWN_KINDS =
  "It must be a service account's key or what `gcloud auth application-default login` writes; for other kinds set VERTEXAI_API_KEY, or log in with gcloud.";

async function readObject(file: string): Promise<JsonObject> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw badFile(file, what, 'Is GOOGLE_APPLICATION_CREDENTIALS right?');
  }
  const value = bytes.length > MOST_BYTES ? undefined : parsed(bytes.toString('utf8'));
  if (isJsonObject(value)) return value;
  throw badFile(file, 'is no JSON object', KNOWN_KINDS);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Credentials are sent there: in clear text to this machine alone. */
function tokenUrlOf(content: JsonObject, file: string): string {
  const text = textIn(content, 'token_uri') ?? USUAL_TOKEN_URL;
  const url = URL.parse(text);
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname));
  if (url && isSafe && !url.username && !url.password) return url.href;
  throw badFile(
    file,
    'has a token_uri that is no https address',
    'Get the file from Google again.',
  );
}

function textIn(content: JsonObject, key: string): string | null {
  const value = content[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

function needed(content: JsonObject, key: string, file: string): string {
  const text = textIn(content, key);
  if (text === null) throw badFile(file, `has no ${key}`, 'Get the file from Google again.');
  return text;
}

function badFile(file: string, what: string, hint: string): TuttiError {
  return new TuttiError('bad_settings', `${plainLine(file, 500)} ${what}`, { hint });
}
