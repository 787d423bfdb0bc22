import { expect, it } from 'vitest';
import { limitOfOpenFiles, socketAllowance } from './socket-allowance.ts';

it('leaves room for files, and some connections whatever the limit is', () => {
  expect([1, 64, 256, 1024, 1e6].map(socketAllowance)).toEqual([4, 20, 212, 980, 16_384]);
  expect(socketAllowance(null)).toBe(16_384);
});

it('knows no limit where there is no file that says it', () => {
  expect(limitOfOpenFiles('/nowhere/at/all')).toBeNull();
});
