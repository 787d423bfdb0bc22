import type { SimpleModel } from '../../core/model.ts';
import type { LaneTarget, PreparedRun } from '../../experiment/index.ts';
import { type MapCounts, type MapTable, mapSetup, type StepCounts } from '../../map/index.ts';
import {
  executeRun,
  type LaneDescription,
  type RunOutcome,
  type RunSetup,
} from '../../run/index.ts';
import { NEVER } from '../context/action-context.ts';
import type { Notice } from '../environment/notice.ts';
import { type ExecuteOptions, type ReadyRun, runFacts } from '../runs/ready-run.ts';
import type { RunTargets } from '../runs/run-targets.ts';
import { AskCounts } from './ask-counts.ts';
import type { ConfiguredMap } from './asked-map.ts';
import { bearingOnOthers, forgottenAsks } from './forgotten-asks.ts';
import {
  countRows,
  type MadeOutput,
  makeOutput,
  roughCounts,
  type TakeBytes,
} from './made-output.ts';
import { pathInFolder } from './output-place.ts';
import { type ShownRow, sampledRows, sampleOf } from './sample-rows.ts';

/** What became of the rows of one step, and what it cost. */
export interface StepOutcome extends Readonly<StepCounts> {
  /** US dollars of its calls whose price is known; null if there is none. */
  readonly costUsd: number | null;
}

/** How a map has ended. */
export interface MapOutcome extends RunOutcome {
  readonly counts: MapCounts;
  /** Of several steps what became of the rows of each, in order; of one step none. */
  readonly steps: readonly StepOutcome[];
  /** Keys of objects that no column asked for. */
  readonly droppedKeys: number;
  /** Rows of which the call was not sent, or not answered. */
  readonly unasked: number;
  /** Rows that have the answer of another one, because they ask the same. */
  readonly shared: number;
  /** Where the output is; `-`: it was handed over; null: rows are left, and it is not made. */
  readonly output: string | null;
  /** The rows that were chosen to be seen first, each with what came of it; left out where none were. */
  readonly sample?: readonly ShownRow[];
}

/** How a map is ended and watched. */
export interface MapExecuteOptions extends ExecuteOptions {
  /** Takes the output where its place is `-`. */
  readonly onOutput?: TakeBytes | undefined;
}

/** A map that may start. */
export interface ReadyMap extends Omit<ReadyRun, 'execute'> {
  execute(options?: MapExecuteOptions): Promise<MapOutcome>;
}

/** What a map that may start is made of. */
interface MapMaking extends ConfiguredMap {
  readonly targets: RunTargets;
  readonly lanes: readonly LaneTarget[];
  /** Those too that only a step has. */
  readonly all: readonly LaneTarget[];
  readonly notices: readonly Notice[];
}

/** Makes a map that may start of one that is prepared. */
export function readyMap(prepared: PreparedRun<MapTable>, making: MapMaking): ReadyMap {
  const { request, values, targets, all: lanes, notices } = making;
  return {
    ...runFacts(prepared, { values, targets, lanes, limitsFile: request.limitsFile }),
    input: making.asked.label,
    rows: prepared.pass.rows,
    malformedLines: 0,
    notices: [
      ...notices,
      ...prepared.findings,
      ...(prepared.lock.takenOver === null
        ? []
        : [{ kind: 'lock_taken_over', reason: prepared.lock.takenOver } as const]),
    ],
    discard: () => prepared.lock.release(),
    execute: (options) => executeMap(prepared, making, options ?? {}),
  };
}

async function executeMap(
  prepared: PreparedRun<MapTable>,
  making: MapMaking,
  { drain = NEVER, signal = NEVER, onStart = () => {}, onOutput }: MapExecuteOptions,
): Promise<MapOutcome> {
  const { request, values, context, asked, all } = making;
  const { folder, pass } = prepared;
  const sample = sampleOf(request, pass.table.rowCount);
  const { setup: own, onAllPaused } = await setupOf(prepared, making, sample);
  const setup = { ...own, derivedFiles: [pathInFolder(asked.place, folder.path, pass.form)] };
  const asks = new AskCounts();
  let made: MadeOutput | undefined;
  const outcome = await executeRun(setup, {
    clock: context.clock,
    random: context.random,
    session: context.session,
    attempts: values.attempts,
    timeoutMs: values.timeoutMs,
    idleTimeoutMs: values.idleTimeoutMs,
    maxWaitMs: values.maxWaitMs,
    stopAfter: values.stopAfter,
    firstAlone: request.setup ?? true,
    reopenFailed: request.onlyFailed,
    forgetsOf: (end) => forgottenAsks(end, asked.chain !== null),
    bearsOnOthers: asked.chain === null ? undefined : bearingOnOthers(asked.chain),
    onAllPaused,
    ...(sample && { isMeant: (row: number) => sample.has(row) }),
    ...{ drain, signal, onStart },
    onAnswer: (answer) => asks.add(answer),
    onSavedAnswer: (answer) => asks.add(answer),
    onEnded: async (ended) => {
      if (ended.state === 'finished') made = await makeOutput(folder, pass, asked, all, onOutput);
      return ended;
    },
  });
  // Told to stop at once, it does not read for seconds.
  const isInHaste = outcome.state === 'interrupted' && signal.aborted;
  made ??= isInHaste ? roughCounts(pass) : await countRows(folder, pass, asked, all);
  const shown = sample && (await sampledRows(folder, pass, asked, all, sample));
  return {
    ...outcome,
    ...outcomeOf(made, asks, pass.equal),
    ...(shown && { sample: shown }),
  };
}

/** The run of a map, of one step or of several. Where a model of a step cannot be opened, the run is given back. */
async function setupOf(
  prepared: PreparedRun<MapTable>,
  { asked, lanes, all, targets }: MapMaking,
  sample: ReadonlySet<number> | undefined,
): Promise<{ readonly setup: RunSetup; readonly onAllPaused?: () => Promise<boolean> }> {
  const laneOf = (model: SimpleModel) => partLane(model, targets);
  if (asked.chain === null) {
    const entries = lanes.map((lane) => ({ ...lane, asksOthers: false }));
    return { setup: mapSetup(prepared, asked.plan, entries, laneOf) };
  }
  try {
    const { chainSetup } = await import('./chain-setup.ts');
    return await chainSetup(prepared, asked.chain, { asked, lanes, all, sample, laneOf });
  } catch (error) {
    await prepared.lock.release();
    throw error;
  }
}

/** What a map says of how it ended, besides what any run says. */
export function outcomeOf({ counted, output }: MadeOutput, asks: AskCounts, shared: number) {
  const { droppedKeys, unasked } = counted;
  const steps = counted.steps.map((step) => ({ ...step, costUsd: asks.costOf(step.name) }));
  return { counts: counted.with(asks), steps, droppedKeys, unasked, shared, output };
}

/** A part of a composite model counts against the limits that rows of its own would. */
function partLane({ reference }: SimpleModel, { findTarget }: RunTargets): LaneDescription {
  const target = findTarget({ reference, api: null, modelName: null, group: null });
  return 'message' in target ? { name: reference, limiters: [] } : target;
}
