import type { SimpleModel } from '../core/model.ts';
import type { LaneDescription, RunEntry, RunSetup } from '../run/index.ts';
import type { MapPlan } from './map-plan.ts';
import { planRow } from './plan-row.ts';
import type { MapTable } from './read-table.ts';

/** A map whose folder is locked and whose rows are known. */
export interface PreparedMap extends Pick<RunSetup, 'folder' | 'lock' | 'resumed' | 'facts'> {
  readonly pass: MapTable;
}

/** Makes a prepared map of one step a run. */
export function mapSetup(
  { folder, lock, resumed, facts, pass }: PreparedMap,
  plan: MapPlan,
  entries: readonly RunEntry[],
  describeLane: (model: SimpleModel) => LaneDescription,
): RunSetup {
  return {
    ...{ folder, lock, resumed, facts },
    table: pass.table,
    entries,
    plan: (_, text, model) => planRow(text, plan, model!),
    describeLane,
  };
}
