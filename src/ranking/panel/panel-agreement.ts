import { kendallW } from '../agreement/kendall-w.ts';
import { PromptMeans } from './prompt-means.ts';
import type { RankedSet } from './ranked-sets.ts';

/** How far the judges of a panel rank alike. */
export interface PanelAgreement {
  /** Kendall's W of each ranked set, corrected for ties, averaged as all is; null where no set has two judges. */
  readonly kendallW: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** What W is on average where judges have nothing in common: 1 / judges. */
  readonly nullW: number | null;
  /** Mean correlation of two judges, (m W - 1) / (m - 1). */
  readonly meanCorrelation: number | null;
}

/** Measures agreement on the answers of one prompt and round at a time: other answers are other questions. */
export function panelAgreement(sets: readonly RankedSet[]): PanelAgreement {
  const [w, chance, correlation] = [new PromptMeans(), new PromptMeans(), new PromptMeans()];
  for (const { prompt, judges, ranks } of sets) {
    const found = kendallW(ranks).w;
    // Judges who all call everything equal say nothing of agreement.
    if (found === null) continue;
    const count = judges.length;
    w.add(prompt, found);
    chance.add(prompt, 1 / count);
    correlation.add(prompt, (count * found - 1) / (count - 1));
  }
  const { value, low, high } = w.interval();
  return {
    kendallW: value,
    // W is never outside of these, where t may be.
    low: low === null ? null : Math.max(0, low),
    high: high === null ? null : Math.min(1, high),
    nullW: chance.interval().value,
    meanCorrelation: correlation.interval().value,
  };
}
