import { EndpointKnowledge, type LaneSetup } from '../../ask/index.ts';
import type { Clock } from '../../core/clock.ts';
import { Limiter, type Limits, ModelTurns, SLOW_START } from '../../scheduler/index.ts';
import { checkLimits } from './run-numbers.ts';

/** A lane as it is described before it is opened. */
export interface LaneDescription {
  readonly name: string;
  /** The limiters that the lane counts against; lanes share those that have the same name. */
  readonly limiters: readonly { readonly name: string; readonly limits: Limits }[];
  /** True when nobody has set how many calls may be in flight: it starts with few. Default false. */
  readonly startsSlowly?: boolean;
  /** Given where the models of a server take turns; absent: they are asked side by side. */
  readonly turns?: TurnsDescription | undefined;
}

/** Where a model waits for its turn. */
export interface TurnsDescription {
  /** The server, by any name that its models share. */
  readonly server: string;
  readonly model: string;
}

/**
 * What outlives a run: the limiters, so that the second run of a process does not start with full buckets, and
 * what is known of each endpoint. Queues, counters and the end of a lane belong to a run.
 */
export class Session {
  readonly #clock: Clock;
  readonly #limiters = new Map<string, Limiter>();
  readonly #turns = new Map<string, ModelTurns>();
  readonly #known = new Map<string, EndpointKnowledge>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Makes a lane of a description; its limiters are those of all lanes that name them. */
  lane({ name, limiters, startsSlowly = false, turns }: LaneDescription): LaneSetup {
    const known =
      this.#known.get(name) ?? new EndpointKnowledge(startsSlowly ? SLOW_START : undefined);
    this.#known.set(name, known);
    return {
      name,
      known,
      // The turn first: who has none waits for that, and holds up nobody who waits for a limit.
      limiters: [
        ...(turns ? [this.#turnsOf(turns.server).seat(turns.model)] : []),
        ...limiters.map((limiter) => this.#limiter(limiter.name, limiter.limits)),
      ],
    };
  }

  #turnsOf(server: string): ModelTurns {
    const turns = this.#turns.get(server) ?? new ModelTurns(this.#clock);
    this.#turns.set(server, turns);
    return turns;
  }

  #limiter(name: string, limits: Limits): Limiter {
    checkLimits(name, limits);
    const nowMs = this.#clock.monotonicMs();
    const limiter = this.#limiters.get(name);
    if (limiter === undefined) {
      const made = new Limiter(name, limits, nowMs);
      this.#limiters.set(name, made);
      return made;
    }
    if (JSON.stringify(limiter.limits) !== JSON.stringify(limits)) limiter.retune(limits, nowMs);
    return limiter;
  }
}
