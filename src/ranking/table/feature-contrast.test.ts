import { expect, test } from 'vitest';
import { densityContrast, featureContrast } from './feature-contrast.ts';

test('contrasts are antisymmetric, bounded, and 0 for two zeros', () => {
  expect(featureContrast(300, 100)).toBe(0.5);
  expect(featureContrast(100, 300)).toBe(-0.5);
  expect(featureContrast(7, 0)).toBe(1);
  expect(featureContrast(0, 0)).toBe(0);
  expect(densityContrast(0.5, 0)).toBeCloseTo(1 / 3, 12);
  expect(densityContrast(0, 0)).toBe(0);
  expect(densityContrast(-1, 0)).toBe(0);
});
