import type { LaneSetup } from '../../ask/index.ts';
import { isComposite, type Model, simpleModels } from '../../core/model.ts';

/** Most open rows of an entry, however many places its lanes have: each takes some kilobytes. */
const MAX_OPEN = 10_000;
/** Open rows that an entry may always have. */
const LEAST_BOUND = 256;

/** Where rows begin: those of one model (in one group), or all rows of a workflow. */
export interface EntrySetup {
  /** What it is called where it has no lane of its own. */
  readonly name: string;
  /** The model of its rows; null where each row may ask any. */
  readonly model: Model | null;
  /** The user's group, in whose lanes its calls travel; null without one. */
  readonly group: string | null;
  /** False when its rows ask no model but this one; other lanes then end without waiting for them. Default true. */
  readonly asksOthers?: boolean | undefined;
}

/** How far an entry has come with beginning its rows. */
export class Entry {
  readonly number: number;
  readonly setup: EntrySetup;
  /** Its own lane, which asks for its rows one by one; null: it begins them by itself. */
  lane: number | null = null;
  /** Rows that have begun and not ended. */
  open = 0;
  /** Open rows that wait only for calls that nobody will answer in this run. */
  stuck = 0;
  /** True when none of its rows can begin or go on any more. */
  isOver = false;
  /** True while rows are being begun, so that it happens once at a time. */
  isFilling = false;
  /** True when its lane has ended. */
  isClosed = false;

  constructor(number: number, setup: EntrySetup) {
    this.number = number;
    this.setup = setup;
  }

  /** True when its rows may ask models besides the one that they are for. */
  get mayAskAny(): boolean {
    return this.setup.asksOthers ?? true;
  }

  /** The simple models that its rows are known to ask. */
  get models() {
    return this.setup.model === null ? [] : simpleModels(this.setup.model);
  }

  /** True when its rows travel in one lane, from which they are begun. */
  get hasOwnLane(): boolean {
    const { model } = this.setup;
    return model !== null && !isComposite(model);
  }
}

/** How many rows an entry may have open: enough to fill every place twice. */
export function openRowBound(lanes: readonly LaneSetup[], most: number | undefined): number {
  if (most !== undefined) return most;
  const places = lanes.reduce((sum, { limiters }) => {
    const limits = limiters.map(({ limits: { concurrency = MAX_OPEN } }) => concurrency);
    return sum + Math.min(MAX_OPEN, ...limits);
  }, 0);
  return Math.min(MAX_OPEN, Math.max(LEAST_BOUND, 2 * places));
}
