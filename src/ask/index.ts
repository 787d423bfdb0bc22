export type { AnswerKeeper, AnswerSink, Call, CallSource } from './call.ts';
export { EndpointKnowledge } from './endpoint-knowledge.ts';
export type { LaneSetup } from './lane-setup.ts';
export type { LaneStatus, LaneWait } from './lane-status.ts';
export { Pump, type PumpOptions } from './pump.ts';
