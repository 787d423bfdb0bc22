import type { LaneProgress } from '../../run/index.ts';
import { NO_RATES, type Rates, type RunMoment } from './run-progress-state.ts';

/** What one lane has counted in this session at one moment. */
interface Sample {
  readonly rows: number;
  readonly calls: number;
  readonly tokens: number;
}

interface Moment {
  readonly atMs: number;
  readonly lanes: readonly Sample[];
}

const NOTHING: Sample = { rows: 0, calls: 0, tokens: 0 };
/** Moments closer together than this are one. */
const SPACING_MS = 250;

/** Measures how fast each lane has been over the last seconds. */
export class RateWindow {
  readonly #windowMs: number;
  #moments: Moment[] = [];

  /** @param windowMs length of the window, default 10 seconds. */
  constructor(windowMs = 10_000) {
    this.#windowMs = windowMs;
  }

  /** Takes in a moment of the run and gives each lane's rates over the window that ends there. */
  add({ progress, nowMs, elapsedMs }: RunMoment): Rates[] {
    if (this.#moments.length === 0) this.#moments.push({ atMs: nowMs - elapsedMs, lanes: [] });
    const lanes = progress.lanes.map(sampleOf);
    if (nowMs - this.#moments.at(-1)!.atMs >= SPACING_MS) {
      this.#moments.push({ atMs: nowMs, lanes });
    }
    while ((this.#moments[1]?.atMs ?? Number.POSITIVE_INFINITY) <= nowMs - this.#windowMs) {
      this.#moments.shift();
    }
    const before = this.#moments[0]!;
    const seconds = (nowMs - before.atMs) / 1000;
    return lanes.map((now, lane) => rateBetween(before.lanes[lane] ?? NOTHING, now, seconds));
  }
}

function sampleOf(lane: LaneProgress): Sample {
  return {
    rows: lane.rowsDone - lane.rowsBefore,
    calls: lane.answered,
    tokens: lane.inputTokens + lane.outputTokens,
  };
}

function rateBetween(before: Sample, now: Sample, seconds: number): Rates {
  if (seconds <= 0) return NO_RATES;
  return {
    rowsPerSecond: (now.rows - before.rows) / seconds,
    callsPerSecond: (now.calls - before.calls) / seconds,
    tokensPerSecond: (now.tokens - before.tokens) / seconds,
  };
}
