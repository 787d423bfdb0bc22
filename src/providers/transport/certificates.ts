import { readFileSync } from 'node:fs';
import type { SecureContext } from 'node:tls';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';

const contexts = new Map<string, SecureContext>();

/**
 * Makes what secure connections trust: the certificates of Node and those of a file, as `SSL_CERT_FILE` names it for
 * other programs. Made once for each file, since that takes some 20 ms.
 *
 * @throws TuttiError `bad_settings` when the file cannot be read or holds no certificate.
 */
export async function trustingAlso(file: string): Promise<SecureContext> {
  const known = contexts.get(file);
  if (known) return known;
  const { createSecureContext, getCACertificates } = await import('node:tls');
  try {
    const own = readFileSync(file, 'utf8');
    if (!own.includes('-----BEGIN')) throw new Error('holds no certificate');
    const context = createSecureContext({ ca: [...getCACertificates('default'), own] });
    contexts.set(file, context);
    return context;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code ? `cannot be read (${code})` : message;
    throw new TuttiError('bad_settings', `SSL_CERT_FILE names ${plainLine(file)}, which ${why}`, {
      hint: 'Name a file of certificates in PEM form, or unset SSL_CERT_FILE.',
    });
  }
}
