import { LanePump } from './lane-pump.ts';
import type { LaneContext, LaneSetup } from './lane-setup.ts';
import type { LaneStatus } from './lane-status.ts';

/** What a pump is made of. */
export interface PumpOptions extends Omit<LaneContext, 'onBroken'> {
  readonly lanes: readonly LaneSetup[];
  /** When aborted, no new call starts and those in flight finish. */
  readonly drain?: AbortSignal | undefined;
  /** When aborted, everything ends at once; calls in flight have no answer. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks all calls of a source, each lane as fast as its limiters allow, and writes every answer to the
 * sink. Lanes never wait for one another; a call that fails goes back to its own lane at once.
 */
export class Pump {
  readonly #options: PumpOptions;
  readonly #lanes: readonly LanePump[];
  #running = 0;
  #finish: () => void = () => {};
  #broken: { readonly error: unknown } | undefined;

  constructor(options: PumpOptions) {
    this.#options = options;
    const context: LaneContext = { ...options, onBroken: (error) => this.#break(error) };
    const onLaneEnd = () => {
      this.#running--;
      if (this.#running === 0) this.#finish();
    };
    this.#lanes = options.lanes.map((setup, lane) => new LanePump(setup, lane, context, onLaneEnd));
  }

  /**
   * Runs until every lane is done, has failed, is parked, or was stopped.
   *
   * @throws what the sink or the source threw; by then no call is in flight.
   */
  async run(): Promise<readonly LaneStatus[]> {
    const { drain, signal } = this.#options;
    const onDrain = () => {
      for (const lane of this.#lanes) lane.drain();
    };
    const onAbort = () => {
      for (const lane of this.#lanes) lane.abort(signal?.reason);
    };
    this.#running = this.#lanes.length;
    const done = new Promise<void>((resolve) => {
      this.#finish = resolve;
    });
    drain?.addEventListener('abort', onDrain);
    signal?.addEventListener('abort', onAbort);
    if (drain?.aborted) onDrain();
    if (signal?.aborted) onAbort();
    for (const lane of this.#lanes) lane.wake();
    if (this.#lanes.length > 0) await done;
    drain?.removeEventListener('abort', onDrain);
    signal?.removeEventListener('abort', onAbort);
    if (this.#broken) throw this.#broken.error;
    return this.status();
  }

  /** What each lane has done so far. */
  status(): readonly LaneStatus[] {
    return this.#lanes.map((lane) => lane.status());
  }

  #break(error: unknown): void {
    if (this.#broken) return;
    this.#broken = { error };
    for (const lane of this.#lanes) lane.abort(error);
  }
}
