import type { Answer } from '../../core/answer.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { Model, SimpleModel } from '../../core/model.ts';
import type { RecordKeys, RowTable, RunFolder, RunLock } from '../../store/index.ts';
import type { DescribeLane } from '../rows/lanes.ts';
import type { RowPlan } from '../rows/row-plan.ts';
import type { EntrySetup } from '../runner/entry.ts';
import type { LaneDescription, Session } from '../runner/session.ts';
import type { VerdictCounts } from './run-outcome.ts';

/** Where rows of a run begin, before its model is opened. */
export interface RunEntry extends LaneDescription {
  /** By what its answers are counted: the model as the user named it. */
  readonly reference: string;
  /** The user's group; null without one. */
  readonly group: string | null;
  /** Connects to the model. Called once, when the run starts. Null: each row may ask any model. */
  readonly open: (() => Promise<Model>) | null;
  /** False when its rows ask no model but this one. Default true. */
  readonly asksOthers?: boolean;
}

/** A run that may start: its folder is locked, its rows are known. */
export interface RunSetup {
  readonly folder: RunFolder;
  readonly lock: RunLock;
  /** True when an earlier process began it. */
  readonly resumed: boolean;
  /** What `run.json` says of it, besides its state. */
  readonly facts: JsonObject & { readonly input_sha256: string; readonly id: string };
  readonly table: RowTable;
  /** By number, as the table knows them. */
  readonly entries: readonly RunEntry[];
  /** Says what is done for a row, given its text in `input.jsonl` and the model of its entry. */
  readonly plan: (row: number, text: string, model: Model | null) => RowPlan;
  /** Describes the lane of a model that no entry is for: a part of a composite, or one of a workflow. */
  readonly describeLane: (model: SimpleModel, group: string | null) => LaneDescription;
  /** What a row of several calls that has no result shows of the answers it has; default null. */
  readonly responseOf?: (row: number, text: string, answers: readonly Answer[]) => JsonValue;
  /** Further lines of `failed.jsonl`: what of the input is no row. */
  readonly invalidLines?: () => Iterable<string>;
  /** True: what rows come to is in another file, and there is no `completed.jsonl`; default false. */
  readonly onlyFailed?: boolean;
  /** What adds keys to the records, such as scores; default nothing. */
  readonly recordKeys?: readonly RecordKeys[];
  /** Counts the verdicts of the records, right once these are written; default none is asked for. */
  readonly verdicts?: VerdictCounts | undefined;
  /** Paths of files that are made from the final ones: they go when those change. Default none. */
  readonly derivedFiles?: readonly string[];
}

/** Connects to the models of a run, so that whatever is wrong with one is known before anything is sent. */
export async function openEntries(
  { entries, describeLane }: RunSetup,
  session: Session,
): Promise<{ readonly setups: readonly EntrySetup[]; readonly describeLane: DescribeLane }> {
  const models = await Promise.all(entries.map(async ({ open }) => (await open?.()) ?? null));
  const own = new Map<string | null, Map<Model | null, RunEntry>>();
  for (const [number, entry] of entries.entries()) {
    const ofGroup = own.get(entry.group) ?? new Map<Model | null, RunEntry>();
    own.set(entry.group, ofGroup.set(models[number]!, entry));
  }
  return {
    setups: entries.map(({ name, group, asksOthers }, number) => ({
      ...{ name, group, asksOthers },
      model: models[number]!,
    })),
    describeLane: (model, group) => {
      const entry = own.get(group)?.get(model);
      const setup = session.lane(entry ?? describeLane(model, group));
      return { setup, reference: entry?.reference ?? model.reference };
    },
  };
}
