import { describe, expect, it } from 'vitest';
import { backoffMs, CALL_BACKOFF } from './backoff.ts';

describe('backoffMs', () => {
  it('doubles its bounds with each failure up to the longest wait', () => {
    const bounds = (failures: number) => [
      backoffMs(CALL_BACKOFF, failures, () => 0),
      backoffMs(CALL_BACKOFF, failures, () => 1),
    ];
    expect(bounds(1)).toEqual([250, 500]);
    expect(bounds(2)).toEqual([500, 1_000]);
    expect(bounds(5)).toEqual([4_000, 8_000]);
    expect(bounds(50)).toEqual([15_000, 30_000]);
    expect(bounds(10_000)).toEqual([15_000, 30_000]);
  });
});
