import { StringDecoder } from 'node:string_decoder';
import { TextDecoder } from 'node:util';
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
  const charset = otherCharset(contentType);
  if (charset === undefined) return new StringDecoder('utf8');
  const decoder = decoderOf(charset);
  return { write: (bytes) => decoder.decode(bytes, { stream: true }) };
}

/** As `textReader`, for a body that is there whole. */
export function bodyText(body: Buffer, contentType: string | undefined): string {
  const charset = otherCharset(contentType);
  return charset === undefined ? body.toString('utf8') : decoderOf(charset).decode(body);
}

/** The encoding that a head names, unless it is UTF-8 or a part of that. */
function otherCharset(contentType: string | undefined): string | undefined {
  const charset = contentType === undefined ? undefined : CHARSET.exec(contentType)?.[1];
  return charset === undefined || UTF_8.has(charset.toLowerCase()) ? undefined : charset;
}

function decoderOf(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    throw new CallError('encoding_refused', 'The answer is in an encoding that is not known', {
      hint: 'The server names it in its `content-type`; UTF-8 is what it should be.',
    });
  }
}
