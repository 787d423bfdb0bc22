import { describe, expect, test } from 'vitest';
import { FaultPlan } from './fault-plan.ts';
import { parseFaults } from './parse-faults.ts';

const occasion = { elapsedMs: 0, stream: false, body: '{}' };

function fates(text: string, seed: number, count: number, more = {}): (string | null)[] {
  const plan = new FaultPlan(parseFaults(text), seed);
  return Array.from(
    { length: count },
    (_, index) =>
      plan.draw({ ...occasion, body: `${index}`, number: index + 1, ...more })?.name ?? null,
  );
}

describe('the plan of faults', () => {
  test('gives the same fates for the same seed, and others for another', () => {
    const faults = '500=10%,reset=10%';
    expect(fates(faults, 7, 500)).toEqual(fates(faults, 7, 500));
    expect(fates(faults, 7, 500)).not.toEqual(fates(faults, 8, 500));
  });

  test('keeps to the shares', () => {
    const drawn = fates('500=20%,reset=10%', 3, 10_000);
    const count = (name: string | null) => drawn.filter((fate) => fate === name).length;
    expect(count('500') / 10_000).toBeCloseTo(0.2, 1.5);
    expect(count('reset') / 10_000).toBeCloseTo(0.1, 1.5);
  });

  test('strikes every request of a window, and none outside it', () => {
    expect(fates('hang@2-3,500@every5', 1, 10)).toEqual([
      ...[null, 'hang', 'hang', null, '500'],
      ...[null, null, null, null, '500'],
    ]);
    expect(fates('html@1s-2s', 1, 1, { elapsedMs: 999 })).toEqual([null]);
    expect(fates('html@1s-2s', 1, 1, { elapsedMs: 1000 })).toEqual(['html']);
  });

  test('keeps the faults of streams for streams', () => {
    expect(fates('stream-cut', 1, 2)).toEqual([null, null]);
    expect(fates('stream-cut', 1, 2, { stream: true })).toEqual(['stream-cut', 'stream-cut']);
  });

  test('strikes one body at most three times in a row with the mixture, and any number else', () => {
    const longestRow = (faults: string) => {
      const rows = fates(faults, 1, 1000, { body: 'same' })
        .map((fate) => (fate === null ? ' ' : 'x'))
        .join('')
        .split(' ');
      return Math.max(...rows.map((row) => row.length));
    };
    expect(longestRow('mixed=90%')).toBe(3);
    expect(longestRow('500=90%')).toBeGreaterThan(10);
  });
});
