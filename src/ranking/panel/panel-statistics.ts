import type { ByName } from './by-name.ts';
import { type FirstPlaces, firstPlaces } from './first-places.ts';
import { type OrderFlips, orderFlips } from './order-flips.ts';
import { type PanelAgreement, panelAgreement } from './panel-agreement.ts';
import { type OnMalformed, panelRankings } from './panel-rankings.ts';
import type { PanelVerdict } from './panel-verdict.ts';
import { type PanelPosition, positionsOf } from './positions.ts';
import { rankMatrix } from './rank-matrix.ts';
import { rankedSets } from './ranked-sets.ts';
import { type PanelResponder, respondersOf } from './responders.ts';
import { type SelfPreference, selfPreference } from './self-preference.ts';

/** What the rankings of a panel say. Means are means of prompts' means, over their rounds and judges. */
export interface PanelStatistics {
  readonly rankings: number;
  /** Verdicts without a ranking of what was shown. */
  readonly malformed: number;
  readonly prompts: number;
  readonly judges: number;
  /** The best first. */
  readonly responders: readonly PanelResponder[];
  /** Mean rank by judge and responder. */
  readonly matrix: ByName<ByName<number>>;
  readonly firsts: readonly FirstPlaces[];
  readonly agreement: PanelAgreement;
  readonly selfPreference: SelfPreference;
  readonly positions: readonly PanelPosition[];
  readonly flips: OrderFlips;
  /** What is taken for independent, and how many of them hold a ranking. */
  readonly unit: 'prompt';
  readonly clusters: number;
}

/**
 * Makes the statistics of a panel whose judges rank answers.
 *
 * @param onMalformed is told of each verdict that is not used.
 */
export function panelStatistics(
  verdicts: Iterable<PanelVerdict>,
  onMalformed?: OnMalformed,
): PanelStatistics {
  const all = panelRankings(verdicts, onMalformed);
  const sets = rankedSets(all.rankings);
  return {
    rankings: all.rankings.length,
    malformed: all.malformed,
    prompts: all.prompts.length,
    judges: all.judges.length,
    responders: respondersOf(all),
    matrix: rankMatrix(all),
    firsts: firstPlaces(all),
    agreement: panelAgreement(sets),
    selfPreference: selfPreference(all, sets),
    positions: positionsOf(all),
    flips: orderFlips(all.rankings),
    unit: 'prompt',
    clusters: new Set(all.rankings.map(({ prompt }) => prompt)).size,
  };
}
