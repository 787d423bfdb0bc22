import { describe, expect, it } from 'vitest';
import {
  countdownText,
  countText,
  dollarsText,
  durationText,
  rateText,
  spendText,
  tokensText,
} from './figures.ts';

describe('durationText', () => {
  it.each([
    [0, '0.00 s'],
    [210, '0.21 s'],
    [994, '0.99 s'],
    [996, '1.0 s'],
    [5840, '5.8 s'],
    [59_940, '59.9 s'],
    [59_960, '1 min 0 s'],
    [110_000, '1 min 50 s'],
    [3_600_000, '1 h 0 min'],
    [7_500_000, '2 h 5 min'],
    [97_200_000, '1 d 3 h'],
  ])('writes %i ms as %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});

describe('countdownText', () => {
  it.each([
    [0, '0:00'],
    [1001, '0:02'],
    [725_000, '12:05'],
    [3_600_000, '1:00:00'],
    [90_061_000, '25:01:01'],
  ])('writes %i ms as %s', (ms, text) => {
    expect(countdownText(ms)).toBe(text);
  });
});

describe('numbers', () => {
  it('are grouped by thousands', () => {
    expect([0, 999, 1000, 1_234_567].map(countText)).toEqual(['0', '999', '1,000', '1,234,567']);
    expect(countText(1e24)).toMatch(/^\d,(\d{3},){7}\d{3}$|^\d{3}(,\d{3}){7}$/);
    expect(countText(Number.POSITIVE_INFINITY)).toBe('Infinity');
  });

  it('have one decimal as rates below a hundred', () => {
    expect([0, 7.94, 99.9, 1234.5].map(rateText)).toEqual(['0.0', '7.9', '99.9', '1,235']);
  });

  it('show unknown tokens as ?', () => {
    expect(tokensText(null)).toBe('?');
  });
});

describe('dollarsText and spendText', () => {
  it.each([
    [null, 'price unknown'],
    [0, '$0'],
    [0.00001, '<$0.0001'],
    [0.0024, '$0.0024'],
    [0.5, '$0.5000'],
    [0.996, '$1.00'],
    [1.25, '$1.25'],
    [12_345.678, '$12,345.68'],
  ])('writes %s as %s', (cost, text) => {
    expect(dollarsText(cost)).toBe(text);
  });

  it('never counts an unknown price as nothing', () => {
    expect(spendText(0.0024, 0)).toBe('$0.0024');
    expect(spendText(0.0024, 3)).toBe('$0.0024 + 3 of unknown price');
    expect(spendText(0, 3)).toBe('price unknown');
    expect(spendText(0, 0)).toBe('$0');
  });
});
