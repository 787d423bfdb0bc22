import { expect, test } from 'vitest';
import {
  normalProbability,
  normalQuantile,
  studentProbability,
  studentQuantile,
} from './distributions.ts';

test('the normal quantile agrees with printed tables', () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
  expect(normalQuantile(0.995)).toBeCloseTo(2.5758293035489, 12);
  expect(normalQuantile(1e-9)).toBeCloseTo(-5.997807014991, 9);
  expect(normalQuantile(0.5)).toBeCloseTo(0, 14);
});

test('the normal probability undoes the quantile', () => {
  for (const p of [1e-12, 0.001, 0.2, 0.5, 0.9, 0.99999]) {
    expect(normalProbability(normalQuantile(p)) / p).toBeCloseTo(1, 10);
  }
  expect(normalProbability(-50)).toBe(0);
});

test("Student's quantile agrees with printed tables", () => {
  expect(studentQuantile(0.975, 1)).toBeCloseTo(12.7062047364, 8);
  expect(studentQuantile(0.975, 9)).toBeCloseTo(2.2621571628, 9);
  expect(studentQuantile(0.95, 29)).toBeCloseTo(1.6991270265, 9);
  expect(studentQuantile(0.025, 9)).toBeCloseTo(-2.2621571628, 9);
  expect(studentQuantile(0.975, 123)).toBeCloseTo(1.9794387, 6);
});

test("Student's t becomes normal with many degrees of freedom", () => {
  expect(studentQuantile(0.975, 1e6)).toBeCloseTo(1.959966, 5);
  expect(studentQuantile(0.975, Number.POSITIVE_INFINITY)).toBeCloseTo(1.959963984540054, 10);
  expect(studentProbability(1.3, 1e8)).toBeCloseTo(normalProbability(1.3), 7);
});
