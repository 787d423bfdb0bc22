import type { SimOptions } from './settings/sim-options.ts';
import type { Sim } from './start-sim.ts';

export type { SimCounts, SimRequest } from './exchange/sim-request.ts';
export type { FaultRule } from './faults/fault-rule.ts';
export { parseFaults } from './faults/parse-faults.ts';
export type { Limits } from './limits/parse-limits.ts';
export type { Asked, ProtocolName } from './protocols/protocol.ts';
export { type Latency, parseLatency } from './settings/latency.ts';
export { SIM_MODELS, type SimModel } from './settings/sim-models.ts';
export type { SimOptions } from './settings/sim-options.ts';
export type { Sim } from './start-sim.ts';

/**
 * Starts simulated endpoints on loopback. Their servers are loaded only then: most who know the simulated models
 * never start one.
 */
export async function startSim(options: SimOptions = {}): Promise<Sim> {
  return (await import('./start-sim.ts')).startSim(options);
}
