import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallError } from '../../core/call-error.ts';
import { DeltaRedactor } from './delta-redactor.ts';
import { Secrets } from './secrets.ts';

const KEY = 'sk-proj-A.b+c/1234567890zz';
const SPELLINGS = [KEY, Buffer.from(KEY).toString('base64'), encodeURIComponent(KEY)];
const secrets = new Secrets([KEY, null, 'short', 'another-secret']);

describe('Secrets', () => {
  it('replaces a secret and its encodings, everywhere', () => {
    for (const spelling of SPELLINGS) {
      expect(secrets.redact(`<${spelling}|${spelling}>`)).toBe('<[key]|[key]>');
      expect(secrets.redactAnswer(`<${spelling}|${spelling}>`)).toBe('<[key]|[key]>');
    }
  });

  it("replaces a secret's tail in messages, and leaves it in answers", () => {
    expect(secrets.redact('a key that ends in 567890zz')).toBe('a key that ends in [key]');
    expect(secrets.redactAnswer('the lot number 567890zz')).toBe('the lot number 567890zz');
  });

  it('replaces a secret inside base64 of something longer, whatever surrounds it', () => {
    for (const before of ['', 'a', 'ab', 'user:', 'Bearer ']) {
      for (const after of ['', '!', '!!', '}}}']) {
        const bytes = Buffer.from(`${before}${KEY}${after}`);
        for (const encoding of ['base64', 'base64url'] as const) {
          const left = secrets.redact(bytes.toString(encoding)).replace(/\[key\]|=/g, '');
          // What stays is the neighbours, whose last bits share a character with the secret.
          const around = Math.ceil((before.length * 4) / 3) + Math.ceil((after.length * 4) / 3);
          expect(left.length).toBeLessThanOrEqual(around + 1);
        }
      }
    }
  });

  it('replaces a secret as JSON and addresses escape it', () => {
    const password = 'p"a\\ss wörd/1';
    const own = new Secrets([password]);
    expect(own.redact(JSON.stringify({ said: password }))).toBe('{"said":"[key]"}');
    expect(own.redact(`?key=${encodeURIComponent(password)}&a`)).toBe('?key=[key]&a');
  });

  it('leaves short strings and other text alone', () => {
    expect(secrets.redact('a short text, sk-proj-')).toBe('a short text, sk-proj-');
  });

  it('removes secrets from every part of an error, its stack included', () => {
    const error = new CallError('bad_request', `no ${KEY}`, {
      hint: KEY,
      partialText: KEY,
      requestId: KEY,
    });
    const clean = secrets.redactError(error);
    expect(JSON.stringify({ ...clean, message: clean.message, stack: clean.stack })).not.toContain(
      KEY.slice(-8),
    );
    expect(clean.message).toBe('no [key]');
  });
});

describe('DeltaRedactor', () => {
  it('gives the same text however it is cut, and never a secret', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom(...SPELLINGS, 'sk-proj-', KEY.slice(0, 9)));
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        (words, size) => {
          const whole = words.join('');
          let emitted = '';
          const redactor = new DeltaRedactor(secrets, (text) => {
            emitted += text;
          });
          for (let start = 0; start < whole.length; start += size) {
            redactor.push(whole.slice(start, start + size));
          }
          redactor.end();
          for (const spelling of SPELLINGS) expect(emitted).not.toContain(spelling);
          if (!SPELLINGS.some((spelling) => whole.includes(spelling))) expect(emitted).toBe(whole);
        },
      ),
    );
  });

  it('holds back no more than what may be a secret', () => {
    const emitted: string[] = [];
    const redactor = new DeltaRedactor(secrets, (text) => emitted.push(text));
    redactor.push('hello sk-');
    redactor.push('ing');
    expect(emitted).toEqual(['hello ', 'sk-ing']);
  });
});
