import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { scorer as bleu } from './bleu/index.ts';
import { scorer as chrf } from './chrf/index.ts';
import { expectedResponse, type Scorer } from './index.ts';
import { scorer as rougeL } from './rouge-l/index.ts';

interface Sentence {
  readonly text: string;
  readonly expected: readonly string[];
}

const known = JSON.parse(
  readFileSync(new URL('./reference-values.json', import.meta.url), 'utf8'),
) as {
  readonly sentences: readonly (Sentence & { readonly bleu: number; readonly chrf: number })[];
  readonly corpus: { readonly bleu: number; readonly chrf: number };
  readonly rougeL: readonly (Sentence & { readonly f1: number })[];
};

const TOLERANCE = 1e-6;

function scored({ text, expected }: Sentence) {
  return { text, expected: expectedResponse(expected), finishReason: null };
}

async function valuesOf(scorer: Scorer, sentences: readonly Sentence[]): Promise<number[]> {
  const prepared = await scorer.prepare({ argument: '', content: '', folder: '' });
  return (await prepared.scoreBatch(sentences.map(scored))) as number[];
}

it.each([
  ['bleu', bleu],
  ['chrf', chrf],
] as const)(
  "%s gives sacrebleu's sentence scores, of one reference and of several",
  async (name, scorer) => {
    const values = await valuesOf(scorer, known.sentences);
    for (const [at, sentence] of known.sentences.entries()) {
      expect(Math.abs(values[at]! - sentence[name]), JSON.stringify(sentence)).toBeLessThan(
        TOLERANCE,
      );
    }
  },
);

it.each([
  ['bleu', bleu],
  ['chrf', chrf],
] as const)("%s gives sacrebleu's corpus score from the sums of counts", (name, { corpus }) => {
  const single = known.sentences.filter(({ expected }) => expected.length === 1);
  const sums: number[] = [];
  for (const sentence of single) {
    const counts = corpus!.counts(scored(sentence));
    for (const [at, count] of counts.entries()) sums[at] = (sums[at] ?? 0) + count;
  }
  expect(Math.abs(corpus!.ofAll(sums) - known.corpus[name])).toBeLessThan(TOLERANCE);
});

it('rouge-l gives the F1 of rouge-score', async () => {
  const values = await valuesOf(rougeL, known.rougeL);
  for (const [at, sentence] of known.rougeL.entries()) {
    expect(Math.abs(values[at]! - sentence.f1), JSON.stringify(sentence)).toBeLessThan(TOLERANCE);
  }
});
