import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../../test/support/hostile-text.ts';
import { withoutHiddenCharacters } from './hidden-characters.ts';

it('leaves JSON the same JSON, and nothing in it that acts on a terminal', () => {
  const texts = fc.oneof(
    fc.constantFrom(...Object.values(HOSTILE_TEXTS)),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const shown = withoutHiddenCharacters(JSON.stringify({ text }));
      expect(JSON.parse(shown)).toEqual({ text });
      expect(shown).not.toMatch(/[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/);
    }),
  );
});
