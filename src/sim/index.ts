export type { SimCounts, SimRequest } from './exchange/sim-request.ts';
export type { FaultRule } from './faults/fault-rule.ts';
export { parseFaults } from './faults/parse-faults.ts';
export type { Limits } from './limits/parse-limits.ts';
export type { Asked, ProtocolName } from './protocols/protocol.ts';
export { type Latency, parseLatency } from './settings/latency.ts';
export type { SimOptions } from './settings/sim-options.ts';
export { type Sim, startSim } from './start-sim.ts';
