export {
  type Agreement,
  type AgreementOptions,
  agreement,
  type JudgeAgreement,
  type RatingAgreement,
  ratingAgreement,
} from './agreement.ts';
export type { Alpha, AlphaInterval, AlphaOptions } from './alpha.ts';
export type { BothOrders } from './both-orders.ts';
export type { CohenKappa, JudgePairKappa } from './cohen-kappa.ts';
export { DISTANCES, type Distance } from './distance.ts';
export type { FeatureBias } from './feature-bias.ts';
export type { FleissKappa } from './fleiss-kappa.ts';
export type { GwetAc1 } from './gwet-ac1.ts';
export type { Bounds } from './jackknife.ts';
export type { KendallW } from './kendall-w.ts';
export type { MajorityAgreement } from './majority-agreement.ts';
export type { OutlierOptions, OutlierVerdict, OutlierVoters } from './outlier-voters.ts';
export type { PositionBias } from './position-bias.ts';
export type { RankingConcordance } from './ranking-concordance.ts';
export type { Ratings } from './ratings.ts';
export { type RatingCell, ratingsFromMatrix } from './ratings-from-matrix.ts';
export type { TermTest } from './term-test.ts';
export type { ShareInterval } from './wilson.ts';
