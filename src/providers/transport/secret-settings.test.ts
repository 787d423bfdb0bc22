import { expect, it } from 'vitest';
import { testSettings } from '../testing/ask-endpoint.ts';
import { isSecretQuery, passwordsOf, secretsOf } from './secret-settings.ts';

const RANDOM = 'Zq7Wx2Lk9Vb4Nm8Rt3Ky';

function redactorOf(headers: Readonly<Record<string, string>>, address = 'http://host/v1') {
  const settings = testSettings('openai', address, { apiKey: null, secrets: [], headers });
  return secretsOf(settings, new URL(address), '');
}

it.each([
  ['X-Team', RANDOM],
  ['Authorization', `Bearer ${RANDOM}`],
  ['Authorization', `Custom scheme ${RANDOM}`],
  ['Cookie', `theme=dark; session=${RANDOM}; n=1`],
  ['X-Signature', `user=ann,signature=${RANDOM}`],
  ['X-Json', `{"token":"${RANDOM}"}`],
])('hides what is like a key in the header %s: %s', (name, value) => {
  const secrets = redactorOf({ [name]: value });
  expect(secrets.redactAnswer(`it was ${RANDOM}!`)).toBe('it was [key]!');
  expect(secrets.redact(`${name}: ${value}`)).not.toContain(RANDOM);
});

it.each(['blue', 'my-organization', 'application/json', 'Bearer sk-no-key-required', '2024-10-21'])(
  'leaves the value of a header alone that anybody guesses: %s',
  (value) => {
    expect(redactorOf({ 'X-Key': value }).redact(`so ${value} it is`)).toBe(`so ${value} it is`);
  },
);

it('hides a weak password of an address in messages, and leaves it in answers', () => {
  const secrets = redactorOf({}, 'http://ann:development@host/v1');
  expect(secrets.redact('ann:development')).toBe('ann:[key]');
  expect(secrets.redactAnswer('development work')).toBe('development work');
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
