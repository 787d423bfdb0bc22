import type { Answer } from '../../core/answer.ts';
import type { LaneTarget } from '../../experiment/index.ts';
import type { MapTable } from '../../map/index.ts';
import { noteJournal, RunStatistics } from '../../run/execution/index.ts';
import type { ModelSummary } from '../../run/index.ts';
import type { RunFolder } from '../../store/index.ts';
import type { Notice } from '../environment/notice.ts';
import { AskCounts, stepOf } from './ask-counts.ts';
import type { ConfiguredMap } from './asked-map.ts';
import { makeOutput, type TakeBytes } from './made-output.ts';
import { type MapOutcome, outcomeOf } from './ready-map.ts';

/** A map of which every row has ended: its output can be made again, and nothing is sent. */
export interface FinishedMap {
  readonly finished: true;
  /** Null: nobody was asked, and there is none. */
  readonly folder: string | null;
  readonly notices: readonly Notice[];
  /** Makes the output again, as it is asked for now. */
  makeAgain(take?: TakeBytes): Promise<MadeAgain>;
}

/** What was made of a finished map. */
export interface MadeAgain
  extends Pick<MapOutcome, 'counts' | 'steps' | 'droppedKeys' | 'unasked' | 'shared' | 'output'> {
  readonly models: readonly ModelSummary[];
}

/** Makes a finished run a map whose output can be made again. */
export function finishedMap(
  folder: RunFolder,
  pass: MapTable,
  {
    asked,
    lanes,
    notices,
  }: ConfiguredMap & {
    readonly lanes: readonly LaneTarget[];
    readonly notices: readonly Notice[];
  },
): FinishedMap {
  const ofStep = new Map(
    asked.chain?.steps.map(({ plan, reference }) => [plan.name, reference] as const),
  );
  const modelOf = ({ key }: Answer) =>
    ofStep.get(stepOf(key.name)) ?? asked.references[pass.table.entryOf(key.row)]!;
  return {
    finished: true,
    folder: folder.path,
    notices,
    makeAgain: async (take) => {
      const asks = new AskCounts();
      const statistics = new RunStatistics(asked.references);
      await noteJournal(folder, pass.table, (answer) => {
        asks.add(answer);
        statistics.addSaved(modelOf(answer), answer);
      });
      const models = statistics.summaries();
      return {
        ...outcomeOf(await makeOutput(folder, pass, asked, lanes, take), asks, pass.equal),
        models,
      };
    },
  };
}
