import { test } from 'vitest';
import { mapFaulty } from '../support/faulty-map.ts';

test('of 10,000 answers that are spoilt in every way only what is right is written', async () => {
  await mapFaulty(10_000, 0);
}, 600_000);

test('a map of 10,000 spoilt answers killed at 5 moments accounts for every row', async () => {
  await mapFaulty(10_000, 5);
}, 600_000);
