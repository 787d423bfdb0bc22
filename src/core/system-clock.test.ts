import { afterEach, expect, it, vi } from 'vitest';
import { createSystemClock } from './system-clock.ts';

afterEach(() => {
  vi.useRealTimers();
});

const FORTY_DAYS_MS = 40 * 24 * 3_600_000;

it('waits longer than one timer can hold', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  const fired = vi.fn();
  createSystemClock().after(FORTY_DAYS_MS, fired);
  vi.advanceTimersByTime(FORTY_DAYS_MS - 1);
  expect(fired).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(fired).toHaveBeenCalledOnce();
});

it('cancels a timer, also one that has been armed again', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  const fired = vi.fn();
  const cancel = createSystemClock().after(FORTY_DAYS_MS, fired);
  vi.advanceTimersByTime(FORTY_DAYS_MS - 10);
  cancel();
  vi.advanceTimersByTime(FORTY_DAYS_MS);
  expect(fired).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

it('never fires before its moment', async () => {
  const clock = createSystemClock();
  for (const delayMs of [0, 0.4, 1.6, 3]) {
    const dueMs = clock.monotonicMs() + delayMs;
    const firedMs = await new Promise<number>((resolve) => {
      clock.after(delayMs, () => resolve(clock.monotonicMs()));
    });
    expect(firedMs).toBeGreaterThanOrEqual(dueMs);
  }
});
