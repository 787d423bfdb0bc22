import { bradleyTerryOutcome } from './bradley-terry-outcome.ts';
import { davidsonOutcome } from './davidson-outcome.ts';
import type { OutcomeModel } from './outcome-model.ts';
import { raoKupperOutcome } from './rao-kupper-outcome.ts';

/** Finds an outcome model by its name; `tieWeight` is for Bradley-Terry. */
export function outcomeModel(name: OutcomeModel['name'], tieWeight: number): OutcomeModel {
  if (name === 'davidson') return davidsonOutcome;
  return name === 'rao-kupper' ? raoKupperOutcome : bradleyTerryOutcome(tieWeight);
}
