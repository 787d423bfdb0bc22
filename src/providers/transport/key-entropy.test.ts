import fc from 'fast-check';
import { expect, it } from 'vitest';
import { estimatedBits, isLikelySecret } from './key-entropy.ts';

it.each([
  'EMPTY',
  'none',
  'ollama',
  'lm-studio',
  'sk-no-key-required',
  'not-needed-for-development',
  'no-api-key-is-required-for-this-server',
  'sk-local-llama-server-token-for-testing',
  'sk-0000000000',
  'sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  'sk-1234567890abcdef',
  'sk-test-1234567890123456789012345678',
  '0123456789abcdef0123456789abcdef',
  '00000000-0000-0000-0000-000000000000',
  'abcdefghijklmnopqrstuvwxyz',
  'password====',
  'changeme123',
  'secretsecret',
  'YOUR_OPENAI_API_KEY',
  'yourApiKeyHere',
  '<your key>',
  'deadbeefdeadbeefdeadbeef',
  '----------------------------------------------------------------------',
])('takes a placeholder for one: %s', (key) => {
  expect(isLikelySecret(key)).toBe(false);
});

const text = (alphabet: string, length: number) =>
  fc
    .array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length })
    .map((some) => some.join(''));
const SMALL = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

it.each([
  ['32 hexadecimal digits', text('0123456789abcdef', 32)],
  ['a UUID', fc.uuid({ version: 4 })],
  ['24 letters and digits', text(`${SMALL}${SMALL.toUpperCase()}${DIGITS}`, 24)],
  [
    'a prefix and 24 of them',
    text(`${SMALL}${SMALL.toUpperCase()}${DIGITS}`, 24).map((key) => `sk-live-${key}`),
  ],
  ['24 small letters', text(SMALL, 24)],
  ['26 characters of base32', text(`${SMALL}234567`, 26)],
  ['32 characters of URL-safe base64', text(`${SMALL}${SMALL.toUpperCase()}${DIGITS}-_`, 32)],
])('takes what chance made for a secret: %s', (_, keys) => {
  // Chance is asked for as chance: fast-check's own numbers lean towards the small.
  fc.assert(
    fc.property(fc.noShrink(fc.noBias(keys)), (key) => isLikelySecret(key)),
    { numRuns: 1_000 },
  );
});

it('looks no further than the beginning of a long text', () => {
  expect(estimatedBits('k7Q'.repeat(1e6))).toBeLessThan(200);
});
