import type { Clock } from '../../core/clock.ts';
import { FaultPlan } from '../faults/fault-plan.ts';
import { LimitGate } from '../limits/limit-gate.ts';
import { PanelModel } from '../panel/panel-model.ts';
import { readSimName } from '../settings/find-sim-model.ts';
import { type Latency, NO_LATENCY } from '../settings/latency.ts';
import { type PanelSettings, readPanelSettings } from '../settings/panel-settings.ts';
import type { ModelSettings, NamedModelSettings, SimOptions } from '../settings/sim-options.ts';
import { hashText } from '../texts/hash-text.ts';
import { Refusal } from '../vendors/refusal.ts';

/** What a running server knows of one model. */
export interface ModelState {
  readonly latency: Latency;
  readonly firstToken: Latency | null;
  readonly perToken: Latency | null;
  readonly rightShare: number;
  readonly raisesErrors: boolean;
  /** Set for a member or judge of a simulated panel. */
  readonly panel: PanelModel | null;
  /** Its own limits; null if it has none. */
  readonly gate: LimitGate | null;
  /** Its own faults; null if the server's hold. */
  readonly faults: FaultPlan | null;
  /** Requests for it so far. */
  requests: number;
}

/** The models of a running server, made when first asked for. */
export class ModelStates {
  readonly #states = new Map<string, ModelState>();
  readonly #known: ReadonlyMap<string, NamedModelSettings> | null;
  readonly #options: SimOptions;
  readonly #clock: Clock;

  constructor(options: SimOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
    this.#known = options.models ? new Map(options.models.map((one) => [one.name, one])) : null;
  }

  /** Names of the models that were set; empty when every name is known. */
  get names(): readonly string[] {
    return [...(this.#known?.keys() ?? [])];
  }

  /**
   * The state of a model; undefined when the name is not known. Members and judges of panels have their parameters
   * behind their names.
   *
   * @throws Refusal for parameters that are wrong.
   */
  find(name: string): ModelState | undefined {
    const { base, query } = readSimName(name);
    const settings = this.#known?.get(name) ?? this.#known?.get(base);
    if (this.#known && !settings && !this.#options.anyModel) return undefined;
    let state = this.#states.get(name);
    if (!state) {
      const isPanel = query !== null || settings?.isPanel === true;
      const panel = isPanel ? panelSettings(name, query ?? '') : null;
      state = this.#start(name, settings ?? {}, panel);
      this.#states.set(name, state);
    }
    return state;
  }

  #start(name: string, own: ModelSettings, panel: PanelSettings | null): ModelState {
    const server = this.#options;
    const seed = hashText(`${server.seed ?? 1} ${name}`);
    return {
      latency: panel?.latency ?? own.latency ?? server.latency ?? NO_LATENCY,
      firstToken: own.firstToken ?? server.firstToken ?? null,
      perToken: own.perToken ?? server.perToken ?? null,
      rightShare: own.rightShare ?? server.rightShare ?? 1,
      raisesErrors: own.raisesErrors ?? server.raisesErrors ?? false,
      panel: panel && new PanelModel(panel),
      gate: own.limits ? new LimitGate(own.limits, this.#clock) : null,
      faults: own.faults ? new FaultPlan(own.faults, seed) : null,
      requests: 0,
    };
  }
}

function panelSettings(name: string, query: string): PanelSettings {
  const read = readPanelSettings(query);
  if (!('problem' in read)) return read;
  throw new Refusal('bad_request', `The model '${name}' ${read.problem}. ${read.hint}`, {
    parameter: 'model',
  });
}
