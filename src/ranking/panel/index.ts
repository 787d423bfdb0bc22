export type { FirstPlaces } from './first-places.ts';
export type { OrderFlips } from './order-flips.ts';
export type { PanelAgreement } from './panel-agreement.ts';
export { type PanelStatistics, panelStatistics } from './panel-statistics.ts';
export type { PanelVerdict } from './panel-verdict.ts';
export type { PanelPosition } from './positions.ts';
export { FEWEST_PROMPTS, type PromptInterval } from './prompt-means.ts';
export type { PanelResponder } from './responders.ts';
export type { SelfPreference } from './self-preference.ts';
