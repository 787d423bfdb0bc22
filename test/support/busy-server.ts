import { CallError } from '../../src/core/call-error.ts';
import type { FakeClock } from './fake-clock.ts';
import { FakeModel, type FakeReply } from './fake-model.ts';

/** How a server of a test works. Times in milliseconds. */
export interface BusyServer {
  /** Calls that it works on at the same time. */
  readonly slots: number;
  readonly serviceMs: number;
  /** What it does with more calls: they wait in line, or are refused with a 503. Default `queue`. */
  readonly whenFull?: 'queue' | 'refuse';
  /** Times from and until which it answers 503 to all. */
  readonly outages?: readonly (readonly [fromMs: number, untilMs: number])[];
  /** True for calls that it can never answer. */
  readonly fails?: (text: string) => boolean;
}

const unavailable = (message: string): FakeReply => ({
  latencyMs: 1,
  error: new CallError('server_error', message, { httpStatus: 503, said: message }),
});

/** A model behind a server that can only do so much. A call that its client gives up keeps its place. */
export function busyModel(clock: FakeClock, server: BusyServer): FakeModel {
  const freeAtMs = Array<number>(server.slots).fill(0);
  return new FakeModel(clock, (text) => {
    const nowMs = clock.monotonicMs();
    const isOut = server.outages?.some(([from, until]) => nowMs >= from && nowMs < until);
    if (isOut) return unavailable('down for repair');
    if (server.fails?.(text)) return unavailable('cannot do this one');
    const slot = freeAtMs.indexOf(Math.min(...freeAtMs));
    if (server.whenFull === 'refuse' && freeAtMs[slot]! > nowMs) return unavailable('slots full');
    freeAtMs[slot] = Math.max(nowMs, freeAtMs[slot]!) + server.serviceMs;
    return { latencyMs: freeAtMs[slot]! - nowMs };
  });
}
