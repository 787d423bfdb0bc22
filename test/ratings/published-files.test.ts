import { describe, expect, it } from 'vitest';
import { readAnswers, readComparisons, readRatingMatrix } from '../../src/arena/votes/index.ts';
import {
  agreement,
  ratingAgreement,
  ratingsFromMatrix,
} from '../../src/ranking/agreement/index.ts';
import { cleanComparisons } from '../../src/ranking/hygiene/index.ts';
import { planPairs } from '../../src/ranking/pairs/index.ts';
import { hasSharedData, sharedDataPath } from '../support/shared-data.ts';

const CROWD = 'llmfao/crowd-comparisons.csv';
const CODINGS = 'evalica/codings.csv';
const PANEL = 'pump/responses/chatgpt_vs_claude_vs_deepseek_vs_gemini';
const FILES = [CROWD, CODINGS, PANEL, 'llmfao/results.jsonl', 'llmfao/prompts.jsonl'] as const;

describe.skipIf(!hasSharedData(...FILES))('from published files to figures', () => {
  it('finds the agreement of the crowd', async () => {
    const { table } = await readComparisons([sharedDataPath(CROWD)]);
    const found = agreement(table);
    expect(found.alpha.alpha).toBeCloseTo(0.2914, 4);
    expect(found.position!.leftOfAll.share).toBeCloseTo(0.3259, 4);
    expect(found.cohen!.kappa!).toBeGreaterThan(0.1);
    const cleaned = cleanComparisons(table, {
      duplicates: true,
      outliers: true,
      caps: [{ columns: ['judge'], most: 300 }],
    });
    expect(cleaned.reports.map((report) => report.step)).toEqual([
      'duplicates',
      'cap judge=300',
      'outliers',
    ]);
    expect(cleaned.reports[1]!.removedRows).toBe(524);
  });

  it('finds the agreement of four coders on twelve units', async () => {
    const { rows } = await readRatingMatrix(sharedDataPath(CODINGS));
    const found = ratingAgreement(ratingsFromMatrix(rows), { distance: 'ordinal' });
    expect(found.alpha.alpha).toBeCloseTo(0.815388, 6);
  });

  it('measures the concordance of 400 rankings, log by log and over all', async () => {
    const logs = Array.from({ length: 100 }, (_, k) =>
      sharedDataPath(`${PANEL}/round_${Math.floor(k / 10)}/prompt0${k % 10}.log`),
    );
    const { table } = await readComparisons(logs);
    const { rankings, units, judges } = agreement(table, { interval: 'none' });
    expect([units, judges.length, rankings!.prompts]).toEqual([600, 4, 100]);
    expect(rankings!.overall).toMatchObject({ rankings: 400, items: 4 });
    // W from the published mean ranks: 12 Σ (mean - 2.5)² / (n³ - n).
    const means = [1.9225, 2.005, 2.92, 3.1525];
    const expected = (12 * means.reduce((sum, mean) => sum + (mean - 2.5) ** 2, 0)) / 60;
    expect(rankings!.overall!.w).toBeCloseTo(expected, 9);
    expect(rankings!.meanByPrompt!).toBeGreaterThan(expected);
  });

  it("chooses the crowd's pairs by the columns of the prompts", async () => {
    const answers = await readAnswers(sharedDataPath('llmfao/results.jsonl'), {
      prompts: sharedDataPath('llmfao/prompts.jsonl'),
    });
    const slugs = ['cot-sally', 'svg'];
    const chosen = answers.filter(
      ({ columns }) => columns.get('type') !== 'code' && !slugs.includes(columns.get('slug')!),
    );
    expect(planPairs(chosen, { strategy: 'distant' }).pairs).toHaveLength(2139);
  });
});
