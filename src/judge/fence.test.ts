import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fenced, fenceKey, firstUnused } from './fence.ts';

const given = { seed: 0, judge: 'a', texts: ['prompt', 'answer'] };

describe('the key of fences', () => {
  it('is 16 hexadecimal digits that are the same for the same texts, and others for all else', () => {
    const key = fenceKey(given);
    expect(key).toMatch(/^[0-9a-f]{16}$/);
    expect(fenceKey({ ...given })).toBe(key);
    const others = [
      { ...given, seed: 1 },
      { ...given, judge: 'b' },
      { ...given, texts: ['promptanswer'] },
      { ...given, texts: ['prompta', 'nswer'] },
      { ...given, texts: ['answer', 'prompt'] },
    ];
    expect(new Set([key, ...others.map(fenceKey)]).size).toBe(6);
  });

  it('is raised while it is in a text, in whatever case', () => {
    const candidates = ['aa', 'bb', 'cc'];
    expect(firstUnused(candidates, ['x'])).toBe('aa');
    expect(firstUnused(candidates, ['xaAx', 'yBBy'])).toBe('cc');
    expect(() => firstUnused(['aa'], ['aa'])).toThrow();
  });

  it('is in none of the texts, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), fc.nat(), (texts, seed) => {
        const key = fenceKey({ seed, judge: 'j', texts });
        return texts.every((text) => !text.toLowerCase().includes(key));
      }),
    );
  });

  it('is quick for ten megabytes', () => {
    const text = 'x'.repeat(10_000_000);
    const startMs = performance.now();
    fenceKey({ ...given, texts: [text] });
    expect(performance.now() - startMs).toBeLessThan(2_000);
    expect(createHash('sha256').update(text).digest('hex')).toHaveLength(64);
  });
});

describe('a fence', () => {
  it('puts its tags on lines of their own', () => {
    expect(fenced('answer', 'k', 'one\ntwo')).toBe(
      '\n<answer key="k">\none\ntwo\n</answer key="k">\n',
    );
    expect(fenced('answer', 'k', 'x', { label: 'A' })).toBe(
      '\n<answer label="A" key="k">\nx\n</answer key="k">\n',
    );
  });

  it('has a name and attributes that end no tag', () => {
    const [, first = ''] = fenced('a> <b', 'k', 'x', { label: 'A">\n<' }).split('\n');
    expect(first).toBe('<ab label="A" key="k">');
    expect(fenced('“”', 'k', 'x')).toContain('<text key="k">');
  });
});
