import type { Clock } from '../../core/clock.ts';
import type { SimpleModel } from '../../core/model.ts';
import { type Endpoint, openEndpoint, type ProxySettings } from '../../providers/index.ts';
import type { Sim } from '../../sim/index.ts';
import { findSimModel } from '../../sim/settings/find-sim-model.ts';
import { SIM_MODELS } from '../../sim/settings/sim-models.ts';
import type {
  ResolvedEndpointModel,
  SimpleResolvedModel,
  SimulatedModel,
} from './resolved-model.ts';

/** What every endpoint of a process is opened with. */
export interface ModelOpenerOptions {
  readonly clock: Clock;
  readonly proxy: ProxySettings;
  /** Certificates to trust besides Node's own, in PEM form. */
  readonly certificateFile: string | undefined;
  /** Most calls in flight at one endpoint at once. */
  readonly connections: number;
}

/**
 * Opens models: one endpoint for all models with the same address, account and settings, `sim/…` in process. A model
 * that was resolved anew with another key or setting gets an endpoint of its own; those that are in use stay open.
 */
export class ModelOpener {
  readonly #options: ModelOpenerOptions;
  /** By everything that they were opened with, keys too: it stays in here. */
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #secrets = new Set<string>();
  #sim: Promise<Sim> | undefined;

  constructor(options: ModelOpenerOptions) {
    this.#options = options;
  }

  /** Names texts that no answer and no error of the endpoints that are opened from now on may show. */
  protect(secrets: readonly string[]): void {
    for (const secret of secrets) this.#secrets.add(secret);
  }

  /**
   * Connects to a model that was resolved.
   *
   * @throws TuttiError when its address or its provider cannot be used.
   */
  async open(model: SimpleResolvedModel): Promise<SimpleModel> {
    if (model.kind === 'endpoint')
      return this.#endpoint(model).model(model.modelId, model.reference);
    const endpoint = await this.#simulated(model);
    return this.#endpoint(endpoint).model(model.simulatedAs, model.reference);
  }

  /** Closes every connection and the simulated endpoints. */
  async close(): Promise<void> {
    const sim = await this.#sim?.catch(() => undefined);
    const endpoints = [...this.#endpoints.values()];
    await Promise.all(endpoints.map((endpoint) => endpoint.close())).finally(() => sim?.close());
  }

  #endpoint(model: ResolvedEndpointModel): Endpoint {
    const { endpointName: name, provider, baseUrl, apiKey, headers, price } = model;
    const { apiVersion, project, location, credentials, stream, structured, path } = model;
    const keyVariable = model.keySource?.variable;
    const account = { apiKey, keyVariable, headers, project, location, credentials };
    const form = { stream, structured, path };
    const settings = { name, provider, baseUrl, ...account, price, apiVersion, ...form };
    const sameness = JSON.stringify(settings);
    const open = this.#endpoints.get(sameness);
    if (open) return open;
    const { clock, ...network } = this.#options;
    const secrets = [...this.#secrets];
    const endpoint = openEndpoint({ ...settings, ...network, secrets }, clock);
    this.#endpoints.set(sameness, endpoint);
    return endpoint;
  }

  /** Where a simulated model is: its vendor's own protocol on a port of this process. */
  async #simulated({
    simulatedAs: modelId,
    reference,
    stream,
    laneName,
  }: SimulatedModel): Promise<ResolvedEndpointModel> {
    this.#sim ??= startSimulated(this.#options.clock);
    const sim = await this.#sim;
    const model = findSimModel(modelId)!;
    return {
      kind: 'endpoint',
      reference,
      modelId,
      endpointName: reference,
      provider: model.provider,
      baseUrl: sim.baseUrl(model.protocol),
      baseUrlSource: null,
      apiKey: null,
      keySource: null,
      headers: {},
      limits: {},
      price: {
        inputUsdPerMillion: model.price.input,
        outputUsdPerMillion: model.price.output,
      },
      apiVersion: undefined,
      stream,
      laneName,
    };
  }
}

/** Simulated endpoints are loaded when one of their models is asked. */
async function startSimulated(clock: Clock): Promise<Sim> {
  const { startSim } = await import('../../sim/index.ts');
  return startSim({ models: SIM_MODELS, log: false, clock });
}
