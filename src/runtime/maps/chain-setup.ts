import type { SimpleModel } from '../../core/model.ts';
import type { LaneTarget, PreparedRun } from '../../experiment/index.ts';
import { askChain } from '../../map/chain/index.ts';
import { type ChainPlan, type MapTable, rowOf } from '../../map/index.ts';
import type { LaneDescription, RunSetup } from '../../run/index.ts';
import type { AskedMap } from './asked-map.ts';
import { ChainBarriers } from './chain-barriers.ts';
import { StepModels } from './step-models.ts';

/** Makes a prepared map of several steps a run, and connects to the models of all. @throws TuttiError where one cannot be opened */
export async function chainSetup(
  prepared: PreparedRun<MapTable>,
  chain: ChainPlan,
  {
    asked,
    lanes,
    all,
    sample,
    laneOf,
  }: {
    readonly asked: AskedMap;
    readonly lanes: readonly LaneTarget[];
    readonly all: readonly LaneTarget[];
    readonly sample: ReadonlySet<number> | undefined;
    readonly laneOf: (model: SimpleModel) => LaneDescription;
  },
): Promise<{ readonly setup: RunSetup; readonly onAllPaused: () => Promise<boolean> }> {
  const { folder, lock, resumed, facts, pass } = prepared;
  const models = new StepModels(chain, asked, all);
  await models.openAll();
  const barriers = new ChainBarriers(chain, models);
  const { table } = pass;
  const chosen = sample && [...sample].sort((left, right) => left - right);
  return {
    setup: {
      ...{ folder, lock, resumed, facts, table },
      // What came out of a row is in no single answer of it.
      onlyFailed: true,
      entries: lanes.map((lane) => ({ ...lane, open: () => models.open(lane.reference) })),
      plan: (row, text) => ({
        kind: 'workflow',
        run: (context) => {
          const goesOn = (step: number) => barriers.goesOn(step, row);
          const own = models.of(table.entryOf(row));
          return askChain({ chain, models: own, goesOn }, rowOf(text), context);
        },
      }),
      describeLane: (model) => models.laneOf(model) ?? laneOf(model),
    },
    onAllPaused: () => barriers.pass(folder, pass, chosen),
  };
}
