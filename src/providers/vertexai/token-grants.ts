import { createPrivateKey, sign } from 'node:crypto';
import { CallError } from '../../core/call-error.ts';
import { plainLine } from '../../core/plain-text.ts';
import type { AuthorizedUser, ServiceAccount } from './credentials-file.ts';

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const LIFETIME_SECONDS = 3600;

/** What is asked of a token server, and what of it must never be shown. */
export interface Grant {
  readonly parameters: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  /** Where the credentials are from. */
  readonly file: string;
}

/**
 * What a service account asks with: a JSON Web Token signed with RS256 (RFC 7523).
 *
 * @throws CallError `unauthorized` when its private key is none.
 */
export function serviceAccountGrant(account: ServiceAccount, nowMs: number): Grant {
  const issuedAt = Math.floor(nowMs / 1000);
  const { clientEmail, privateKeyId: kid, tokenUrl, file } = account;
  const head = { alg: 'RS256', typ: 'JWT', ...(kid !== null && { kid }) };
  const claims = {
    iss: clientEmail,
    scope: SCOPE,
    aud: tokenUrl,
    iat: issuedAt,
    exp: issuedAt + LIFETIME_SECONDS,
  };
  const signed = `${encoded(JSON.stringify(head))}.${encoded(JSON.stringify(claims))}`;
  const assertion = `${signed}.${signatureOf(signed, account)}`;
  return {
    parameters: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion },
    secrets: [assertion],
    file,
  };
}

/** What a user asks with: the refresh token of their login. */
export function userGrant(user: AuthorizedUser): Grant {
  const { clientId, clientSecret, refreshToken, file } = user;
  return {
    parameters: {
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
    },
    secrets: [clientSecret, refreshToken],
    file,
  };
}

function signatureOf(text: string, { privateKey, file }: ServiceAccount): string {
  try {
    const key = createPrivateKey(privateKey);
    if (key.asymmetricKeyType !== 'rsa') throw new Error('not RSA');
    return sign('sha256', Buffer.from(text), key).toString('base64url');
  } catch {
    // What the library says may quote the key.
    throw new CallError('unauthorized', `${plainLine(file, 500)}: its private_key is no RSA key`, {
      hint: 'Get the file from Google again.',
    });
  }
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64url');
}
