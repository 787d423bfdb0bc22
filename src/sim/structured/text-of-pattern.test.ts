import { expect, test } from 'vitest';
import { seededRandom } from '../../core/seeded-random.ts';
import { textOfPattern } from './text-of-pattern.ts';

test.each([
  '^[A-Z]{2}-\\d{2,4}$',
  '^\\d+$',
  '^(?:yes|no|(?<maybe>may ?be))$',
  '^[a-z]+@[a-z]+\\.(com|org)$',
  '^#?([a-f0-9]{6}|[a-f0-9]{3})$',
  '^(19|20)\\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
  '^[^a-z0-9]{3}$',
  '^[\\w.+-]{1,64}$',
  '^[]a]b*$',
  '^\\S+\\s\\S+$',
  '^.{5}\\.$',
  '^x{0}y?$',
  'abc',
  '^(a(b(c|d)+)?){2}$',
])('a text is made that %s matches, and not always the same', (pattern) => {
  // JavaScript reads `[]a]` as an empty class; other readers do not.
  const expression = new RegExp(pattern.replace('[]a]', '[\\]a]'));
  for (let seed = 0; seed < 60; seed++) {
    expect(textOfPattern(pattern, seededRandom(seed))).toMatch(expression);
  }
});

test('a pattern that ends in the middle, or is nested deeply, ends', () => {
  for (const pattern of [
    '[a-',
    '(a|',
    'a{',
    '\\',
    '('.repeat(10_000),
    'a{999999}',
    '(a{9999}){9999}',
    '((){999999}){999999}',
    `${'('.repeat(12)}${'|b{9999}){99}'.repeat(12)}`,
  ]) {
    expect(textOfPattern(pattern, seededRandom(1)).length).toBeLessThanOrEqual(10_000);
  }
});
