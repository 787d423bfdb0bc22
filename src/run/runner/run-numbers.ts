import { TuttiError } from '../../core/tutti-error.ts';
import type { Limits } from '../../scheduler/index.ts';

/** The numbers of a run, by the least that each may be. */
const LEAST = {
  attempts: 1,
  timeoutMs: 1,
  idleTimeoutMs: 1,
  rowTimeoutMs: 0,
  openRows: 1,
  maxWaitMs: 0,
  stopAfter: 0,
} as const;

/** A workflow that waits for no call for longer than this is an error, unless told otherwise. */
export const ROW_TIMEOUT_MS = 10 * 60_000;

/**
 * Refuses numbers with which a run would do nothing, or never end.
 *
 * @throws TuttiError `bad_usage`
 */
export function checkNumbers(options: { readonly [Name in keyof typeof LEAST]?: unknown }): void {
  for (const [name, least] of Object.entries(LEAST)) {
    check(name, options[name as keyof typeof LEAST], (given) => given >= least, `${least} or more`);
  }
}

/** Refuses limits under which no call could ever start. @throws TuttiError `bad_usage` */
export function checkLimits(limiter: string, limits: Limits): void {
  const { concurrency, ...rates } = limits;
  check(`${limiter}: concurrency`, concurrency, (given) => given >= 1, '1 or more');
  for (const [name, rate] of Object.entries(rates)) {
    check(`${limiter}: ${name}`, rate, (given) => given > 0, 'more than 0');
  }
}

function check(
  name: string,
  given: unknown,
  isGood: (given: number) => boolean,
  wanted: string,
): void {
  if (given === undefined || (typeof given === 'number' && isGood(given))) return;
  throw new TuttiError('bad_usage', `${name} is ${String(given)}; it must be ${wanted}`);
}
