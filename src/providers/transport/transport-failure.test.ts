import { describe, expect, it } from 'vitest';
import { transportFailure } from './transport-failure.ts';

const failed = (code: string) => Object.assign(new Error('x'), { code });
const kindOf = (code: string, answering: boolean) =>
  transportFailure(failed(code), 'https://llm.example', answering).code;

describe('transportFailure', () => {
  it.each([
    'EPROTO',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])(
    'tells %s before the answer as a failed secure connection, in its middle as a broken one',
    (code) => {
      expect([kindOf(code, false), kindOf(code, true)]).toEqual([
        'tls_failed',
        'response_truncated',
      ]);
    },
  );

  it.each(['ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC', 'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR'])(
    'tells %s as an accident that may be over the next time',
    (code) => {
      expect(kindOf(code, false)).toBe('connection_reset');
    },
  );
});
