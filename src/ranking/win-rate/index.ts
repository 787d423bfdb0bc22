export type { ControlledWinRate } from './controlled-win-rate.ts';
export { type WinRate, type WinRateOptions, winRates } from './win-rate.ts';
