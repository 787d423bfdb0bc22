import { expect, it } from 'vitest';
import { userPattern } from './user-pattern.ts';

it('finds a pattern anywhere in a text', () => {
  expect(userPattern('\\d{2}').isIn('a 42 b')).toBe(true);
  expect(userPattern('^\\d{2}$').isIn('a 42 b')).toBe(false);
  expect(userPattern('(?i)PARIS').isIn('Paris')).toBe(true);
  expect(userPattern('é').isIn('caf\u00e9 😀')).toBe(true);
});

it('takes time in proportion to the text for what would backtrack', () => {
  const startMs = performance.now();
  expect(userPattern('(a*)*b').isIn('a'.repeat(200_000))).toBe(false);
  expect(performance.now() - startMs).toBeLessThan(5_000);
});

it('refuses what RE2 does not have, and says where', () => {
  for (const wrong of ['(a', '(?=a)', '(a)\\1', 'a{2,1}']) {
    expect(() => userPattern(wrong), wrong).toThrow(
      expect.objectContaining({ code: 'bad_usage', hint: expect.stringContaining('RE2') }),
    );
  }
});
