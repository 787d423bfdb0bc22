import type { CallError } from '../core/call-error.ts';
import type { Call } from './call.ts';
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
  readonly #context: LaneContext;
  readonly #lanes: LanePump[] = [];
  readonly #added: number[] = [];
  /** Lanes that have not ended. */
  #open = 0;
  #holds = 0;
  #stopped: 'no' | 'drained' | 'aborted' = 'no';
  #finish: () => void = () => {};
  #broken: { readonly error: unknown } | undefined;

  constructor(options: PumpOptions) {
    this.#options = options;
    this.#context = { ...options, onBroken: (error) => this.break(error) };
    for (const setup of options.lanes) this.addLane(setup);
  }

  /** Adds a lane, before or while the pump runs, and returns its number. */
  addLane(setup: LaneSetup): number {
    const lane = new LanePump(setup, this.#lanes.length, this.#context, () => this.#leave());
    this.#open++;
    const number = this.#lanes.push(lane) - 1;
    this.#added.push(0);
    if (this.#stopped === 'drained') lane.drain();
    else if (this.#stopped === 'aborted') lane.abort(this.#options.signal?.reason);
    return number;
  }

  /**
   * Keeps the pump from ending, even without a lane, until the function that it returns is called, or
   * everything ends at once.
   */
  hold(): () => void {
    this.#holds++;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holds--;
      this.#endIfDone();
    };
  }

  /** Takes a call of a row that has begun: it comes before new rows, and is never refused while its lane goes on. */
  add(lane: number, call: Call): void {
    this.#added[lane]!++;
    this.#lanes[lane]!.add(call);
  }

  /** Calls that were added to a lane so far, those included that are gone. */
  addedTo(lane: number): number {
    return this.#added[lane]!;
  }

  /** Asks the source again for a lane for which it had nothing. */
  wake(lane: number): void {
    this.#lanes[lane]!.resume();
  }

  /**
   * Ends a call, queued or in flight: its answer is the reason, unless its own has come. False when the lane
   * does not have it.
   */
  cancel(lane: number, call: Call, reason: CallError): boolean {
    return this.#lanes[lane]!.cancel(call, reason);
  }

  /**
   * Runs until every lane is done, has failed, is parked, or was stopped.
   *
   * @throws what the sink or the source threw; by then no call is in flight.
   */
  async run(): Promise<readonly LaneStatus[]> {
    const { drain, signal } = this.#options;
    const onDrain = () => this.#stop('drained');
    const onAbort = () => this.#stop('aborted');
    const ended = this.hold();
    const done = new Promise<void>((resolve) => {
      this.#finish = resolve;
    });
    drain?.addEventListener('abort', onDrain);
    signal?.addEventListener('abort', onAbort);
    if (drain?.aborted) onDrain();
    if (signal?.aborted) onAbort();
    for (const lane of this.#lanes) lane.wake();
    ended();
    await done;
    drain?.removeEventListener('abort', onDrain);
    signal?.removeEventListener('abort', onAbort);
    if (this.#broken) throw this.#broken.error;
    return this.status();
  }

  /** Good answers of a lane so far. */
  answeredWell(lane: number): number {
    const { answered, failed } = this.#lanes[lane]!.status();
    return answered - failed;
  }

  /** What each lane has done so far. */
  status(): readonly LaneStatus[] {
    return this.#lanes.map((lane) => lane.status());
  }

  /** Ends everything at once because of an error, with which `run` rejects. */
  break(error: unknown): void {
    if (this.#broken) return;
    this.#broken = { error };
    this.#stopped = 'aborted';
    for (const lane of this.#lanes) lane.abort(error);
    this.#endIfDone();
  }

  #stop(how: 'drained' | 'aborted'): void {
    this.#stopped = how;
    for (const lane of this.#lanes) {
      if (how === 'drained') lane.drain();
      else lane.abort(this.#options.signal?.reason);
    }
    this.#endIfDone();
  }

  #leave(): void {
    this.#open--;
    this.#endIfDone();
  }

  #endIfDone(): void {
    if (this.#open === 0 && (this.#holds === 0 || this.#stopped === 'aborted')) this.#finish();
  }
}
