import type { OutcomeModel } from './outcome-model.ts';

/** A model of ties and the parameter that it reports: `scale` times the e^τ of the outcome model. */
export interface TieModel {
  readonly outcome: OutcomeModel;
  /** Name of the parameter, and its sign in sentences. */
  readonly name: string;
  readonly sign: string;
  readonly scale: number;
  /** Its value where nothing is a tie. */
  readonly none: number;
}
