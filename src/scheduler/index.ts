export { AnswerRate } from './answer-rate.ts';
export { backoffMs, CALL_BACKOFF, LANE_BACKOFF } from './backoff.ts';
export { type Deadline, Deadlines } from './deadlines.ts';
export { InFlightWindow, SLOW_START, type WindowStart } from './in-flight-window.ts';
export { isDue } from './is-due.ts';
export {
  Limiter,
  type Limits,
  type SharedLimit,
  type TokenCount,
  type WaitReason,
  type Waker,
} from './limiter.ts';
export { type ModelSeat, ModelTurns } from './model-turns.ts';
export { isWait, type Reservation, tryReserve, type Wait } from './reservation.ts';
export { TokenEstimator } from './token-estimator.ts';
