export type { FaultRule } from './faults/fault-rule.ts';
export { parseFaults } from './faults/parse-faults.ts';
export { type Latency, parseLatency } from './latency.ts';
export type { Limits } from './limits/parse-limits.ts';
export type { Asked, ProtocolName } from './protocols/protocol.ts';
export { SIM_MODELS, type SimModel } from './sim-models.ts';
export type { SimOptions } from './sim-options.ts';
export type { SimCounts, SimRequest } from './sim-request.ts';
export { type Sim, startSim } from './start-sim.ts';
