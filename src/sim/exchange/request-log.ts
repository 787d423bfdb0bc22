import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../core/clock.ts';
import type { SimCounts, SimRequest, SimTally } from './sim-request.ts';

/** A request that is still being recorded. */
export type OpenRequest = { -readonly [Field in keyof SimRequest]: SimRequest[Field] };
type OpenTally = { -readonly [Field in keyof SimTally]: SimTally[Field] };

const RATE_REFUSALS: ReadonlySet<string | null> = new Set([
  'rate_limited',
  'tokens_limited',
  'busy',
]);

/** Records what arrives and how it ends. */
export class RequestLog {
  readonly requests: SimRequest[] = [];
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #onEnd: (request: SimRequest) => void;
  readonly #all = newTally();
  readonly #byModel: Record<string, OpenTally> = Object.create(null);
  #number = 0;

  /** @param limit Most requests kept; 0 keeps none. */
  constructor(clock: Clock, limit: number, onEnd: (request: SimRequest) => void) {
    this.#clock = clock;
    this.#limit = limit;
    this.#onEnd = onEnd;
  }

  get counts(): SimCounts {
    const byModel = Object.entries(this.#byModel).map(([name, tally]) => [name, { ...tally }]);
    return { ...this.#all, byModel: Object.fromEntries(byModel) };
  }

  /** Begins the record of a request that has just arrived. */
  arrive(request: IncomingMessage): OpenRequest {
    arrived(this.#all);
    const record: OpenRequest = {
      number: ++this.#number,
      receivedAtMs: this.#clock.wallMs(),
      method: request.method ?? '',
      path: request.url ?? '',
      protocol: null,
      vendor: null,
      model: null,
      headers: request.headers,
      body: null,
      note: null,
      fault: null,
      refusal: null,
      status: null,
      answered: false,
      inFlight: this.#all.inFlight,
      startedMs: this.#clock.monotonicMs(),
      endedMs: null,
    };
    this.#keep(record);
    return record;
  }

  /** Notes which known model is asked. */
  asksModel(record: OpenRequest, model: string): void {
    record.model = model;
    this.#byModel[model] ??= newTally();
    arrived(this.#byModel[model]);
  }

  /** Ends a record; a second time does nothing. */
  end(record: OpenRequest): void {
    if (record.endedMs !== null) return;
    record.endedMs = this.#clock.monotonicMs();
    ended(this.#all, record);
    const tally = record.model === null ? undefined : this.#byModel[record.model];
    if (tally) ended(tally, record);
    this.#onEnd(record);
  }

  #keep(record: SimRequest): void {
    if (this.#limit === 0) return;
    // Dropped a tenth at a time, so that a long run does not move the whole list for each request.
    if (this.requests.length >= this.#limit) {
      this.requests.splice(0, Math.max(1, Math.floor(this.#limit / 10)));
    }
    this.requests.push(record);
  }
}

function newTally(): OpenTally {
  return { requests: 0, answered: 0, rateLimited: 0, faults: 0, inFlight: 0, peakInFlight: 0 };
}

function arrived(tally: OpenTally): void {
  tally.requests++;
  tally.inFlight++;
  tally.peakInFlight = Math.max(tally.peakInFlight, tally.inFlight);
}

function ended(tally: OpenTally, record: SimRequest): void {
  tally.inFlight--;
  if (record.answered) tally.answered++;
  if (record.fault !== null) tally.faults++;
  if (RATE_REFUSALS.has(record.refusal)) tally.rateLimited++;
}
