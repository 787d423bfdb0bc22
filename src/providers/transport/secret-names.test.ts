import { expect, it } from 'vitest';
import { isSecretHeader, isSecretQuery, passwordsOf } from './secret-settings.ts';

it.each(['Authorization', 'x-api-key', 'X-Auth-Token', 'Cookie', 'client-secret', 'X-Password'])(
  'takes the value of the header %s for a secret',
  (name) => {
    expect(isSecretHeader(name)).toBe(true);
  },
);

it.each(['content-type', 'user-agent', 'x-request-id'])('shows the header %s', (name) => {
  expect(isSecretHeader(name)).toBe(false);
});

it('takes keys, signatures and codes in a query for secrets', () => {
  expect(['key', 'access_token', 'sig', 'sign', 'code', 'password'].every(isSecretQuery)).toBe(
    true,
  );
  expect(['api-version', 'alt', 'encoding'].some(isSecretQuery)).toBe(false);
});

it('finds a password as it is written and as it is meant, in any address or none', () => {
  expect(passwordsOf('http://user:p%40ss@proxy:8080')).toEqual(['p%40ss', 'p@ss']);
  expect(passwordsOf('http://user:100%@proxy:8080')).toEqual(['100%', '100%']);
  expect(passwordsOf('http://proxy:8080')).toEqual([]);
  expect(passwordsOf('no address')).toEqual([]);
});
