import { describe, expect, it } from 'vitest';
import { fitTexts } from './fit-texts.ts';
import type { ShownPrompt, ShownRow } from './run-report.ts';

function prompt(...texts: readonly string[]): ShownPrompt {
  const rows = texts.map(
    (text) => ({ texts: [{ label: null, text, left: 0 }] }) as unknown as ShownRow,
  );
  return {
    texts: [{ label: null, text: 'q', left: 0 }],
    expected: null,
    rows,
    left: 0,
    differing: 1,
  };
}

describe('fitTexts', () => {
  it('leaves everything as it is where there is room', () => {
    const prompts = [prompt('x'.repeat(9000), 'short')];
    expect(fitTexts(prompts, 20_000)).toEqual({ prompts, cutTexts: 0 });
  });

  it('shortens the longest alone, to one length, and says by how much', () => {
    const { prompts, cutTexts } = fitTexts(
      [prompt('x'.repeat(9000), 'y'.repeat(8000), 'short')],
      6000,
    );
    const texts = prompts[0]!.rows.map((row) => row.texts[0]!);
    const textLimit = texts[0]!.text.length;
    expect(textLimit).toBeGreaterThan(2800);
    expect(textLimit).toBeLessThanOrEqual(3000);
    expect(cutTexts).toBe(2);
    expect(texts.map(({ text }) => text.length)).toEqual([textLimit, textLimit, 5]);
    expect(texts.map(({ text, left }) => text.length + left)).toEqual([9000, 8000, 5]);
  });

  it('counts what a page writes: entities, and bytes of any script', () => {
    const fitted = (text: string) =>
      fitTexts([prompt(text)], 6000).prompts[0]!.rows[0]!.texts[0]!.text.length;
    expect(fitted('"'.repeat(6000))).toBeLessThan(1010);
    const signs = fitted('語'.repeat(6000));
    expect(signs).toBeGreaterThan(1900);
    expect(signs).toBeLessThanOrEqual(2000);
  });
});
