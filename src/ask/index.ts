export type { AnswerSink, Call, CallSource } from './call.ts';
export type { LaneSetup } from './lane-pump.ts';
export type { LaneStatus, LaneWait } from './lane-status.ts';
export { Pump, type PumpOptions } from './pump.ts';
