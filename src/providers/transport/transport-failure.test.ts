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

  it('tells a server without TLS from one with a strange certificate, without the words of OpenSSL around it', () => {
    const said =
      '406DCA5D8F7F0000:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:../deps/openssl/tlsany_meth.c:77: ';
    const plain = Object.assign(new Error(said), { code: 'ERR_SSL_WRONG_VERSION_NUMBER' });
    const error = transportFailure(plain, 'https://llm.example', false);
    expect(error.message).toMatch(/\(ERR_SSL_WRONG_VERSION_NUMBER: wrong version number\)$/);
    expect(error.hint).toContain('begin with http://');
    expect(transportFailure(failed('CERT_HAS_EXPIRED'), 'https://a', false).hint).toContain(
      'certificate',
    );
  });

  it.each(['ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC', 'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR'])(
    'tells %s as an accident that may be over the next time',
    (code) => {
      expect(kindOf(code, false)).toBe('connection_reset');
    },
  );
});
