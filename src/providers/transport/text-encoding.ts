import { StringDecoder } from 'node:string_decoder';
import { CallError } from '../../core/call-error.ts';

/** Makes text of bytes that arrive in pieces. */
export interface TextReader {
  write(bytes: Buffer): string;
}

const CHARSET = /;\s*charset\s*=\s*"?([^";\s]{1,60})/i;
const UTF_8: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii']);

/**
 * Reads the bytes of a body as its head declares them: UTF-8 unless it names another encoding.
 *
 * @throws CallError `encoding_refused` for an encoding that nobody knows.
 */
export function textReader(contentType: string | undefined): TextReader {
  const [, charset] = CHARSET.exec(contentType ?? '') ?? [];
  if (charset === undefined || UTF_8.has(charset.toLowerCase())) return new StringDecoder('utf8');
  try {
    const decoder = new TextDecoder(charset);
    return { write: (bytes) => decoder.decode(bytes, { stream: true }) };
  } catch {
    throw new CallError('encoding_refused', 'The answer is in an encoding that is not known', {
      hint: 'The server names it in its `content-type`; UTF-8 is what it should be.',
    });
  }
}

/** As `textReader`, for a body that is there whole. */
export function bodyText(body: Buffer, contentType: string | undefined): string {
  return contentType === undefined || !CHARSET.test(contentType)
    ? body.toString('utf8')
    : textReader(contentType).write(body);
}
